import { faultMatrix } from "./matrix";
import { SUBJECTS } from "./subjects";

faultMatrix(
  "ServiceTask",
  SUBJECTS.filter(({ kind }) => kind.title === "ServiceTask"),
);
