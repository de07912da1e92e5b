/** Most calls to the service that an operation on n resources may take, sixteen at a time as the engine runs them on four processors. */
import type { ResourceName } from "../../provider/services/resource-names";
import type { Operation } from "./engines/engine";

type Formula = (resources: number) => number;

const none: Formula = () => 0;

/** A call for each resource, and the lists that many of them share. */
const destroy: Formula = (n) => 1.05 * n + 60;

/** Targets of the bench. */
export const CALL_TARGETS: Readonly<Record<ResourceName, Readonly<Record<Operation, Formula>>>> = {
  ServiceTask: { up: (n) => 1.05 * n + 30, preview: none, refresh: (n) => n / 100 + 5, destroy },
  VideoAnalysisJob: { up: (n) => 1.05 * n + 30, preview: none, refresh: (n) => n / 1000 + 4, destroy },
  BatchTask: { up: (n) => 2.1 * n + 60, preview: none, refresh: (n) => 1.1 * n + 20, destroy },
};

/**
 * Where the target is out of reach (docs/performance.md): a batch takes a list of its sub-tasks and the details of one beside
 * its POST, and the lists that sixteen creates share.
 */
export const CALL_BOUNDS: typeof CALL_TARGETS = {
  ...CALL_TARGETS,
  BatchTask: { ...CALL_TARGETS.BatchTask, up: (n) => 3.05 * n + n / 16 + 60 },
};
