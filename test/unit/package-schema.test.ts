/** The package schema: what the engine and the generators of SDKs do with a declaration. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { RESOURCES } from "../../provider/services";
import { CONFIGURATION, type ConfigurationKeyInfo } from "../../provider/services/configuration";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import { readManifest } from "../../tools/package-schema/manifest";
import { packageSchema, packageSchemaText } from "../../tools/package-schema/package-schema";
import type { ComplexTypeSpec, ObjectSpec, PropertySpec, TypeSpec } from "../../tools/package-schema/spec";
import { findCli } from "../../tools/stack/cli";

const manifest = readManifest();
const schema = packageSchema(manifest);

const token = (name: string): string => `video-analysis:index:${name}`;

const resource = (name: string) => {
  const found = schema.resources[token(name)];
  assert.ok(found);
  return found;
};

const type = (name: string): ComplexTypeSpec => {
  const found = schema.types[token(name)];
  assert.ok(found, name);
  return found;
};

const property = (
  properties: Readonly<Record<string, PropertySpec>> | undefined,
  key: string,
): PropertySpec => {
  const found = properties?.[key];
  assert.ok(found, key);
  return found;
};

const objectType = (name: string): ObjectSpec => {
  const found = type(name);
  assert.ok("properties" in found);
  return found;
};

/** All types in a value, at any depth. */
function typesIn(value: unknown): TypeSpec[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value || "$ref" in value || "oneOf" in value ? [value as TypeSpec] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

describe("the package schema", () => {
  it("has every resource, every lookup and every key of the configuration", () => {
    assert.deepEqual(Object.keys(schema.resources), Object.keys(RESOURCES).map(token));
    assert.deepEqual(Object.keys(schema.functions), Object.keys(LOOKUPS).map(token));
    assert.deepEqual(Object.keys(schema.config.variables), Object.keys(CONFIGURATION));
    assert.deepEqual(Object.keys(schema.provider.inputProperties), Object.keys(CONFIGURATION));
  });

  for (const [name, { definition, outputs }] of Object.entries(RESOURCES)) {
    describe(name, () => {
      it("is the dynamic resource of the same name", () => {
        assert.deepEqual(resource(name).aliases, [{ type: `pulumi-nodejs:dynamic/video-analysis:${name}` }]);
      });

      it("lists arguments and outputs, all of which `get` has too, required where they always are there", () => {
        const { properties = {}, stateInputs, required = [], requiredInputs = [] } = resource(name);
        const all = new Set([...Object.keys(definition.arguments.shape), ...Object.keys(outputs.shape)]);
        assert.deepEqual(new Set(Object.keys(properties)), all);
        assert.deepEqual(Object.keys(stateInputs?.properties ?? {}), Object.keys(properties));
        assert.equal(stateInputs?.required, undefined);
        assert.ok(required.includes("name") && !requiredInputs.includes("name"));
        assert.ok(requiredInputs.every((key) => required.includes(key)));
      });

      it("marks what the provider replaces for, and leaves the decision to it", () => {
        const marked = Object.entries(resource(name).inputProperties).filter(
          ([, { willReplaceOnChanges }]) => willReplaceOnChanges,
        );
        assert.deepEqual(marked.map(([key]) => key).sort(), [...definition.immutable].sort());
        assert.doesNotMatch(JSON.stringify(schema), /"replaceOnChanges"/);
      });
    });
  }

  it("says what a change does, at every level", () => {
    const consequence = /A change replaces the resource\./;
    assert.match(property(resource("ServiceTask").inputProperties, "output").description, consequence);
    assert.match(property(objectType("TaskDisOutput").properties, "streamName").description, consequence);
    assert.match(
      property(objectType("BatchDisOutput").properties, "streamName").description,
      /update in place/,
    );
    const bounds = property(objectType("ScheduleFrequency").properties, "interval").description;
    assert.match(bounds, /5 to 720/);
  });

  it("says the variants of an input by a constant", () => {
    const { oneOf, discriminator } = property(resource("VideoAnalysisJob").inputProperties, "input");
    assert.equal(discriminator?.propertyName, "type");
    assert.deepEqual(
      oneOf?.map(({ $ref }) => $ref),
      Object.values(discriminator.mapping),
    );
    for (const [value, $ref] of Object.entries(discriminator.mapping)) {
      const variant = objectType($ref.replace(/^#\/types\/video-analysis:index:/, ""));
      assert.equal(property(variant.properties, "type").const, value);
      assert.ok(variant.required?.includes("type"));
    }
  });

  it("takes any text where a type has enumerated values", () => {
    const enumerations = Object.keys(schema.types).filter((name) => "enum" in (schema.types[name] ?? {}));
    assert.ok(enumerations.length > 5);
    const bare = typesIn(schema).filter(
      ({ oneOf }) =>
        oneOf?.some(({ $ref }) => enumerations.some((name) => $ref === `#/types/${name}`)) === true,
    );
    for (const { oneOf } of bare) assert.deepEqual(oneOf?.[0], { type: "string" });
    const referred = JSON.stringify(schema).match(/"\$ref":"[^"]*"/g) ?? [];
    const ofEnumerations = referred.filter((text) => enumerations.some((name) => text.endsWith(`/${name}"`)));
    assert.equal(ofEnumerations.length, bare.length);
  });

  it("seals passwords, header values and credentials", () => {
    assert.equal(property(objectType("TaskVcnServer").properties, "password").secret, true);
    assert.equal(property(objectType("JobWebhookOutput").properties, "headers").secret, true);
    const secret = Object.entries<ConfigurationKeyInfo>(CONFIGURATION).flatMap(([key, info]) =>
      info.secret === true ? [key] : [],
    );
    for (const properties of [schema.config.variables, schema.provider.inputProperties]) {
      const sealed = Object.keys(properties).filter((key) => properties[key]?.secret === true);
      assert.deepEqual(sealed, secret);
    }
  });

  it("takes no default from the environment of a machine", () => {
    assert.doesNotMatch(JSON.stringify(schema), /"defaultInfo"|"default":/);
  });

  it("keeps values of the provider texts, numbers, truth values or objects, which SDKs send as JSON", () => {
    // SDKs send an enumeration of a provider in quotation marks.
    for (const { oneOf } of Object.values(schema.provider.inputProperties)) assert.equal(oneOf, undefined);
  });

  it("gives every function a typed result", () => {
    for (const [name, { outputs }] of Object.entries(schema.functions)) {
      assert.equal(outputs.type, "object", name);
      assert.notDeepEqual(Object.keys(outputs.properties), [], name);
    }
    const listed = property(schema.functions[token("listServiceTasks")]?.outputs.properties, "entries");
    assert.deepEqual(listed.items, { $ref: `#/types/${token("ServiceTaskEntry")}` });
  });

  it("demands of listed batches only what their list shows without details", () => {
    const { required = [] } = objectType("BatchTaskEntry");
    assert.ok(required.includes("statusCounts") && !required.includes("tasks"));
    const single = schema.functions[token("getBatchTask")]?.outputs.required ?? [];
    assert.ok(single.includes("tasks"));
  });

  it("refers only to types that it declares", () => {
    for (const { $ref } of typesIn(schema)) {
      if ($ref === undefined || $ref === "pulumi.json#/Any") continue;
      assert.ok(Object.hasOwn(schema.types, $ref.replace("#/types/", "")), $ref);
    }
  });

  it("names where plugins of a release are downloaded", () => {
    const url = "git+https://github.com/somebody/pulumi-video-analysis.git";
    const released = packageSchema({ ...manifest, repository: { url } });
    assert.equal(released.pluginDownloadURL, "github://api.github.com/somebody/pulumi-video-analysis");
    assert.equal(schema.pluginDownloadURL, undefined);
    assert.equal(schema.version, manifest.version);
  });

  it("passes `pulumi schema check` where a CLI is on the PATH", function () {
    if (findCli() === undefined) this.skip();
    this.timeout(30_000);
    const folder = mkdtempSync(path.join(tmpdir(), "package-schema-"));
    try {
      const file = path.join(folder, "schema.json");
      writeFileSync(file, packageSchemaText(manifest));
      const { status, stdout, stderr } = spawnSync("pulumi", ["schema", "check", file], { encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stdout + stderr, /warning/i);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
