/** The creates that the documents print, and the variants that they allow: arguments, and the bodies they become. */
import {
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_VAS_SERVICE,
  type ServiceDeclaration,
} from "../../testkit/emulator";
import { batchTaskDocuments } from "./documents/batch-task";
import type { Document } from "./documents/document";
import { serviceTaskDocuments } from "./documents/service-task";
import { videoAnalysisJobDocuments } from "./documents/video-analysis-job";

export { WEEKEND, WEEKEND_BODY } from "./documents/batch-task";
export type { Document };

export const DOCUMENTS: readonly Document[] = [
  ...serviceTaskDocuments,
  ...batchTaskDocuments,
  ...videoAnalysisJobDocuments,
];

export const documentsOf = (kind: Document["kind"]): Document[] =>
  DOCUMENTS.filter((document) => document.kind === kind);

/** Throws where no document has the title. */
export function documented(kind: Document["kind"], title: string): Document {
  const found = documentsOf(kind).find((document) => document.title === title);
  if (found === undefined) throw new Error(`no document of ${kind} has the title "${title}"`);
  return found;
}

/** The services that the documents name. */
export const DOCUMENTED_SERVICES: ServiceDeclaration[] = [
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  DEFAULT_ALGORITHM,
  { ...DEFAULT_ALGORITHM, id: "algorithm-of-the-page", name: "smoke-and-fire-detection" },
  { ...DEFAULT_ALGORITHM, id: "algorithm-in-chinese", name: "烟火演示算法" },
  DEFAULT_VAS_SERVICE,
  { ...DEFAULT_VAS_SERVICE, id: "edge-service", name: "face-detect", edge: true },
];
