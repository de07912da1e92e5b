import { faultMatrix } from "./matrix";
import { SUBJECTS } from "./subjects";

faultMatrix(
  "BatchTask",
  SUBJECTS.filter(({ kind }) => kind.title === "BatchTask"),
);
