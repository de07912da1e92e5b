/** `npm run reference`: writes `docs/reference`, and the pages of `docs` for the Pulumi Registry. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { referencePages } from "./pages";
import { registryPages } from "./registry-pages";

const docs = path.resolve(__dirname, "../../../docs");
const reference = path.join(docs, "reference");
mkdirSync(reference, { recursive: true });
for (const [name, text] of referencePages()) writeFileSync(path.join(reference, name), text);
for (const [name, text] of registryPages()) writeFileSync(path.join(docs, name), text);
