/** The requests of an operation, as rows of the matrix. */
import type { Kind } from "../../contract/kinds";

export type RequestKind =
  "list" | "create" | "show" | "update" | "delete" | "start" | "stop" | "subTasks" | "token" | "projects";

/** The `nth` request of its kind within an operation; 1 for the first. */
export interface Request {
  readonly kind: RequestKind;
  readonly nth: number;
}

/** `list` or `list 2`. */
export function requestsOf(...texts: readonly string[]): Request[] {
  return texts.map((text) => {
    const [kind, nth = "1"] = text.split(" ");
    return { kind: kind as RequestKind, nth: Number(nth) };
  });
}

export const titleOf = ({ kind, nth }: Request): string => (nth === 1 ? kind : `${kind} ${nth}`);

const OTHERS = { subTasks: "listTasks", token: "createToken", projects: "listProjects" } as const;

/** The operation's name at the emulator. */
export function operationOf(kind: Kind, request: RequestKind): string {
  if (request === "subTasks" || request === "token" || request === "projects") return OTHERS[request];
  const operation = kind.operations[request];
  if (operation === undefined) throw new Error(`${kind.title} has no ${request}`);
  return operation;
}
