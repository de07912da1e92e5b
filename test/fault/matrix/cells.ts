/**
 * The matrix, made of data: every operation of every subject, each of its requests, every fault that can act there.
 * The fast tier takes a part of it: each request with one fault of each class, and each fault somewhere.
 */
import { isFullTier } from "../../support/tier";
import { type CellFault, FAULTS } from "./faults";
import { type Operation, OPERATIONS } from "./operations";
import { type Request, type RequestKind, titleOf } from "./requests";
import { isBatch, isEdge, type Subject, SUBJECTS } from "./subjects";

export interface Cell {
  readonly name: string;
  readonly number: number;
  readonly subject: Subject;
  readonly operation: Operation;
  readonly request: Request;
  readonly fault: CellFault;
}

const CHANGING: ReadonlySet<RequestKind> = new Set(["create", "update", "delete", "start", "stop"]);

/** Whether a fault can act on a request, and says anything there that another cell does not. */
function canAct(fault: CellFault, { kind, nth }: Request, subject: Subject): boolean {
  const { on, countersOnly, changesOnly, brief } = fault;
  if (on !== undefined && !on.includes(kind)) return false;
  if (countersOnly === true && !isBatch(subject)) return false;
  if (changesOnly === true && !CHANGING.has(kind)) return false;
  return nth === 1 || brief === true;
}

export const operationsOf = (subject: Subject): Operation[] =>
  OPERATIONS.filter((operation) => operation.has?.(subject) ?? true);

function* generate(): Generator<Omit<Cell, "number">> {
  for (const subject of SUBJECTS) {
    for (const operation of operationsOf(subject)) {
      const faults =
        operation.passingOnly === true || isEdge(subject) ? FAULTS.once : [...FAULTS.once, ...FAULTS.always];
      for (const request of operation.requests(subject)) {
        for (const fault of faults.filter((candidate) => canAct(candidate, request, subject))) {
          const name = `${subject.title}: ${operation.title}: ${titleOf(request)}: ${fault.title}`;
          yield { name, subject, operation, request, fault };
        }
      }
    }
  }
}

/** Requests whose lost answer costs the task itself: such requests meet every fault that loses an answer. */
const losesTask = ({ operation, request, fault }: Cell): boolean =>
  operation.title === "create" && request.kind === "create" && fault.class === "lost answer";

/** Each request with one fault of each class: the one that the requests before have met least. */
function pairwise(cells: readonly Cell[]): Cell[] {
  const met = new Map<string, number>();
  const timesOf = ({ fault }: Cell): number => met.get(fault.title) ?? 0;
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) {
    const { subject, operation, request, fault } = cell;
    const key = losesTask(cell)
      ? cell.name
      : [subject.title, operation.title, titleOf(request), fault.class].join();
    rows.set(key, [...(rows.get(key) ?? []), cell]);
  }
  return [...rows.values()].flatMap((row) => {
    const [cell] = row.toSorted((one, other) => timesOf(one) - timesOf(other));
    if (cell === undefined) return [];
    met.set(cell.fault.title, timesOf(cell) + 1);
    return [cell];
  });
}

export const ALL: readonly Cell[] = [...generate()].map((cell, number) => ({ ...cell, number }));
export const CELLS: readonly Cell[] = isFullTier ? ALL : pairwise(ALL);
