/** Records events, steps and diagnostics of one operation. */
import type { DetailedDiff } from "./diff";
import { toPlain } from "./property-value";
import type { ResourceState } from "./resource-state";
import type { Changes, Diagnostic, EngineEvent, ProviderCall, Severity, StepOp, StepRecord } from "./types";
import { parseUrn } from "./urn";

/** A step as it is recorded. */
export interface StepFacts {
  readonly op: StepOp;
  readonly resultOp?: "same" | "update" | "delete";
  readonly urn: string;
  readonly old?: ResourceState | undefined;
  readonly next?: ResourceState | undefined;
  readonly detailedDiff?: DetailedDiff | undefined;
  readonly changedKeys?: readonly string[];
  readonly replaceKeys?: readonly string[];
}

/** Collects what happens during one operation. */
export class Recorder {
  readonly #onEvent: ((event: EngineEvent) => void) | undefined;

  readonly steps: StepRecord[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly providerCalls: ProviderCall[] = [];
  readonly changes: Changes = {};

  constructor(onEvent: ((event: EngineEvent) => void) | undefined) {
    this.#onEvent = onEvent;
  }

  event(event: EngineEvent): void {
    this.#onEvent?.(event);
  }

  call(call: ProviderCall): void {
    this.providerCalls.push(call);
    this.event({ type: "call-end", call });
  }

  diagnostic(severity: Severity, message: string, urn = "", source: Diagnostic["source"] = "engine"): void {
    const diagnostic: Diagnostic = { severity, message, source, ...(urn === "" ? {} : { urn }) };
    this.diagnostics.push(diagnostic);
    this.event({ type: "diagnostic", diagnostic });
  }

  error(message: string, urn = ""): void {
    this.diagnostic("error", message, urn);
  }

  get sawError(): boolean {
    return this.diagnostics.some(({ severity }) => severity === "error");
  }

  /** Errors that a program merely logs do not fail an operation; those of the engine do. */
  get sawEngineError(): boolean {
    return this.diagnostics.some(({ severity, source }) => severity === "error" && source === "engine");
  }

  /** Counts a step for the summary. */
  count(op: StepOp): void {
    this.changes[op] = (this.changes[op] ?? 0) + 1;
  }

  step(facts: StepFacts, error: string | undefined): void {
    const step = record(facts, error);
    this.steps.push(step);
    this.event({ type: "step-end", step });
  }
}

function record(facts: StepFacts, error: string | undefined): StepRecord {
  const { op, resultOp, urn, old, detailedDiff, changedKeys = [], replaceKeys = [] } = facts;
  const { type, name } = parseUrn(urn);
  const id = facts.next?.id || old?.id;
  const initErrors = facts.next?.initErrors ?? [];
  return {
    op,
    ...(resultOp === undefined ? {} : { resultOp }),
    urn,
    type,
    name,
    ...(id === undefined || id === "" ? {} : { id }),
    ...(detailedDiff === undefined ? {} : { detailedDiff }),
    ...(changedKeys.length === 0 ? {} : { diffs: changedKeys }),
    ...(replaceKeys.length === 0 ? {} : { replaceKeys }),
    ...(old === undefined ? {} : { oldInputs: toPlain(old.inputs), oldOutputs: toPlain(old.outputs ?? {}) }),
    ...(facts.next === undefined
      ? {}
      : { newInputs: toPlain(facts.next.inputs), newOutputs: toPlain(facts.next.outputs ?? {}) }),
    ...(error === undefined ? {} : { error }),
    ...(initErrors.length === 0 ? {} : { initErrors }),
  };
}
