import { faultMatrix } from "./matrix";
import { SUBJECTS } from "./subjects";

faultMatrix(
  "VideoAnalysisJob",
  SUBJECTS.filter(({ kind }) => kind.title === "VideoAnalysisJob"),
);
