/** The matrix, made of data: every operation of every subject, each of its requests, every fault that can act there. */
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

export const CELLS: readonly Cell[] = [...generate()].map((cell, number) => ({ ...cell, number }));
