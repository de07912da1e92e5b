/** `npm run reference`: writes `docs/reference`. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { referencePages } from "./pages";

const folder = path.resolve(__dirname, "../../../docs/reference");
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages()) writeFileSync(path.join(folder, name), text);
