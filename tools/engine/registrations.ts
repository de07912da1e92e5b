/** The queue between the program's requests and their steps: one request is planned at a time. */
import { BailError, errorMessage } from "./errors";
import type { Goal, ReadGoal } from "./goal";
import { RpcError } from "./grpc-server";
import type { OperationContext } from "./operation-context";
import type { Answer, RegisterResult, Step } from "./step";
import type { StepExecutor } from "./step-executor";
import type { StepGenerator } from "./step-generator";
import { createUrn } from "./urn";

export class Registrations {
  readonly #context: OperationContext;
  readonly #generator: StepGenerator;
  readonly #executor: StepExecutor;
  /** Called when a request could not be planned, after the reason was reported. */
  readonly #onFailure: () => void;

  #planning: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<(error: Error) => void>();
  #closed = false;

  constructor(
    context: OperationContext,
    generator: StepGenerator,
    executor: StepExecutor,
    onFailure: () => void,
  ) {
    this.#context = context;
    this.#generator = generator;
    this.#executor = executor;
    this.#onFailure = onFailure;
  }

  register(goal: Goal): Promise<RegisterResult> {
    return this.#enqueue(goal, (answer) => this.#generator.register(goal, answer));
  }

  read(goal: ReadGoal): Promise<RegisterResult> {
    return this.#enqueue(goal, (answer) => Promise.resolve(this.#generator.read(goal, answer)));
  }

  /**
   * Answers everything that waits, and all that comes, with the news that the engine has stopped. The SDK takes
   * UNAVAILABLE as that and ends the program without a word.
   */
  close(): void {
    this.#closed = true;
    const error = new RpcError("UNAVAILABLE", "resource monitor shut down");
    this.#waiting.forEach((reject) => reject(error));
    this.#waiting.clear();
  }

  /** Resolves when no request is being planned any more. */
  async idle(): Promise<void> {
    await this.#planning;
  }

  #enqueue(goal: Goal | ReadGoal, plan: (answer: Answer) => Promise<Step[]>): Promise<RegisterResult> {
    return new Promise((resolve, reject) => {
      const refuse = (error: Error): void => {
        this.#waiting.delete(refuse);
        reject(error);
      };
      this.#waiting.add(refuse);
      const answer: Answer = (result) => {
        this.#waiting.delete(refuse);
        resolve(result);
      };
      if (this.#closed) this.close();
      else this.#planning = this.#planning.then(() => this.#plan(goal, plan, answer));
    });
  }

  async #plan(
    goal: Goal | ReadGoal,
    plan: (answer: Answer) => Promise<Step[]>,
    answer: Answer,
  ): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#executor.submit(await plan(answer));
    } catch (error) {
      const { stack, project, recorder } = this.#context;
      const urn = createUrn(stack, project, goal.type, goal.name, goal.parent);
      if (!(error instanceof BailError)) recorder.error(errorMessage(error), urn);
      this.#onFailure();
    }
  }
}
