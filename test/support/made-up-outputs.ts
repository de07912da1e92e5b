/** Prints what generators and mocks make of the registry, as JSON; started with made-up-registry.ts before it. */
import { catalog } from "../../provider/services/catalog";
import { mocks } from "../../testkit/mocks";
import { jsonSchemaOf } from "../../tools/docs/json-schema";
import { referencePages } from "../../tools/docs/pages";
import { readManifest } from "../../tools/package-schema/manifest";
import { packageSchema } from "../../tools/package-schema/package-schema";
import { renderInputTypes } from "../../tools/types/input-types";
import { renderResourceTypes } from "../../tools/types/output-types";

async function main(): Promise<void> {
  const entry = catalog.find(({ type }) => type === "Probe");
  const pages = referencePages();
  const mocked = await mocks().newResource({
    type: "pulumi-nodejs:dynamic/video-analysis:Probe",
    name: "probe",
    inputs: { serviceId: "sea", depth: 3, autoName: "probe-0123456789ab" },
    provider: "",
    custom: true,
    id: "",
  });
  const print = {
    inputs: renderInputTypes(catalog, {}),
    properties: renderResourceTypes(catalog),
    page: pages.get("probe.md"),
    drift: pages.get("drift.md"),
    schema: entry && jsonSchemaOf(entry, "1.0.0"),
    packaged: packageSchema(readManifest()).resources["video-analysis:index:Probe"],
    mocked,
  };
  process.stdout.write(JSON.stringify(print));
}

void main();
