/** Exported states, their secrets, paths and ignore files. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { hasExpired, parseIgnoreFile } from "../../cli/commands/drift/report/ignore-file";
import { exportedState } from "../../cli/stack/deployment/export-file";
import { keepSealed, openPassphrase } from "../../cli/stack/deployment/passphrase";
import { openProperties } from "../../cli/stack/deployment/properties";
import { covers, parsePath } from "../../cli/common/property-path";
import { parseStackFile } from "../../cli/stack/configuration/stack-file";
import { formatPath } from "../../provider/common/json";
import { PassphraseSecrets } from "../../tools/engine/crypto";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const envelope = (content: object): object => ({ [SIGNATURE]: SECRET, ...content });
const withCode = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

describe("state: the passphrase secrets provider", () => {
  let written: PassphraseSecrets;
  before(async () => {
    written = await PassphraseSecrets.create("correct horse");
  });

  it("opens what Pulumi's format holds, and nothing that was changed", async () => {
    const decrypt = await openPassphrase("correct horse", written.salt, "the state");
    const sealed = written.encrypt('"ünïcode"');
    assert.equal(decrypt(sealed), '"ünïcode"');
    assert.equal(decrypt(`${sealed.slice(0, -6)}AAAA==`), undefined);
    for (const text of ["", "v1", "v1:a:b", "v2:a:b", "plain"]) assert.equal(decrypt(text), undefined);
  });

  it("refuses a wrong passphrase and a salt of another form", async () => {
    await assert.rejects(openPassphrase("wrong", written.salt, "the state"), withCode("CONFIGURATION"));
    await assert.rejects(openPassphrase("correct horse", "v9:xyz", "the state"), withCode("INVALID_STATE"));
  });

  it("opens a stack's file, objects with secrets inside included", async () => {
    const decrypt = await openPassphrase("correct horse", written.salt, "the file");
    const text = [
      `encryptionsalt: ${written.salt}`,
      "config:",
      "  video-analysis:region: eu-de",
      "  video-analysis:config:maxRetries: 3",
      `  video-analysis:token: { secure: "${written.encrypt("the-token")}" }`,
      `  video-analysis:endpoints: { iva: "https://iva.example.com", vias: { secure: "${written.encrypt("https://vias.example.com")}" } }`,
    ].join("\n");
    const file = await parseStackFile(text, "Pulumi.dev.yaml");
    assert.equal(file.salt, written.salt);
    const opened = file.open(decrypt);
    assert.deepEqual(opened.values, {
      "video-analysis:region": "eu-de",
      "video-analysis:maxRetries": "3",
      "video-analysis:token": "the-token",
      "video-analysis:endpoints": '{"iva":"https://iva.example.com","vias":"https://vias.example.com"}',
    });
    assert.deepEqual(opened.secrets, ["video-analysis:token", "video-analysis:endpoints"]);
    const closed = file.open(keepSealed);
    assert.deepEqual(Object.keys(closed.values), ["video-analysis:region", "video-analysis:maxRetries"]);
    assert.deepEqual(closed.sealed, ["video-analysis:token", "video-analysis:endpoints"]);
    await assert.rejects(parseStackFile("a: [", "x.yaml"), withCode("CONFIGURATION"));
  });
});

describe("state: properties", () => {
  it("opens secrets wherever they are, and says where they were", () => {
    const properties = {
      plain: 1,
      shown: envelope({ plaintext: '{"a":["x"]}' }),
      nested: { sealed: envelope({ ciphertext: "v1:x:y" }), list: [envelope({ ciphertext: "v1:x:y" })] },
      outer: envelope({ plaintext: JSON.stringify({ inner: envelope({ ciphertext: '"deep"' }) }) }),
    };
    const { value, secrets, sealed } = openProperties(properties, keepSealed);
    assert.deepEqual(value, {
      plain: 1,
      shown: { a: ["x"] },
      nested: { list: [null] },
      outer: { inner: "deep" },
    });
    assert.deepEqual(sealed, [
      ["nested", "sealed"],
      ["nested", "list", 0],
    ]);
    assert.deepEqual(secrets.map(formatPath), [
      "shown",
      "nested.sealed",
      "nested.list[0]",
      "outer",
      "outer.inner",
    ]);
  });

  it("is total", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        openProperties(value, keepSealed);
        openProperties({ value, secret: envelope({ ciphertext: JSON.stringify(value) }) }, (text) => text);
      }),
    );
  });

  it("reads a state, and says what is wrong with what is none", () => {
    const resource = { urn: "urn", type: "type", custom: true };
    const state = { version: 3, deployment: { resources: [resource], pending_operations: [{}] } };
    assert.deepEqual(exportedState(state, "it").resources, [resource]);
    assert.equal(exportedState(state, "it").pendingOperations, 1);
    for (const wrong of [
      null,
      [],
      {},
      { version: 3 },
      { version: 2, deployment: {} },
      { ...state, version: 99 },
    ]) {
      assert.throws(() => exportedState(wrong, "it"), withCode("INVALID_STATE"));
    }
  });
});

describe("state: property paths", () => {
  it("reads what is written, whatever the keys", () => {
    const part = fc.oneof(
      fc.nat(100),
      fc.string({ minLength: 1 }).filter((text) => text !== "*"),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(part, { maxLength: 4 }), (first, rest) => {
        fc.pre(
          first !== "*" &&
            ![first, ...rest].some(
              (key) => typeof key === "string" && /[\n\u2028\u2029]|[^\x20-\x7e]/.test(key),
            ),
        );
        const path = [first, ...rest];
        assert.deepEqual(parsePath(formatPath(path)), path);
      }),
    );
  });

  it("is total, and covers what lies below", () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePath(text)));
    const cases: [string, string, boolean][] = [
      ["input", "input.data[0].url", true],
      ["input.data[*].url", "input.data[3].url", true],
      ["*", "description", true],
      ["input.data[0].url", "input", false],
      ["input.data[0]", "input.data[1]", false],
      ['output["a b"]', 'output["a b"].c', true],
    ];
    for (const [pattern, path, expected] of cases) {
      assert.equal(covers(parsePath(pattern)!, parsePath(path)!), expected, `${pattern} ${path}`);
    }
  });
});

describe("drift: the ignore file", () => {
  const read = (...rules: object[]) =>
    parseIgnoreFile(JSON.stringify({ version: 1, ignore: rules }), "ignore.json");
  const rule = { urn: "urn:*::lobby*", property: "input.data[*].url", reason: "moves" };

  it("fits URNs by text and *, never by other patterns", async () => {
    const [first, dot] = await read(rule, { ...rule, urn: "a.c" });
    assert.ok(first && dot);
    assert.ok(first.matches("urn:pulumi:dev::p::t::lobby-1"));
    assert.ok(!first.matches("x urn:pulumi:dev::p::t::lobby-1"));
    assert.ok(dot.matches("a.c") && !dot.matches("abc"));
  });

  it("fits as a whole, each * any text, and in no more time for more of them", async () => {
    const urns = ["a*a", "a*b*a", "*", "a*", "*a", `urn:${"*x".repeat(400)}*y`];
    const rules = await read(...urns.map((urn) => ({ ...rule, urn })));
    const fits = (text: string): string[] => rules.filter((one) => one.matches(text)).map(({ urn }) => urn);
    assert.deepEqual(fits("a"), ["*", "a*", "*a"]);
    assert.deepEqual(fits("aba"), ["a*a", "a*b*a", "*", "a*", "*a"]);
    assert.deepEqual(fits("aca"), ["a*a", "*", "a*", "*a"]);
    // By backtracking this would not end.
    assert.deepEqual(fits(`urn:${"x".repeat(100_000)}`), ["*"]);
  });

  it("holds to the end of its last day, in UTC", () => {
    const expires = "2026-03-31";
    assert.ok(!hasExpired({ expires }, new Date("2026-03-31T23:59:59Z")));
    assert.ok(hasExpired({ expires }, new Date("2026-04-01T00:00:00Z")));
    assert.ok(!hasExpired({}, new Date("2999-01-01T00:00:00Z")));
  });

  it("needs a reason, a path and a real day, and knows no other key", async () => {
    const wrong = [
      { ...rule, reason: " " },
      { urn: "x", property: "y" },
      { ...rule, property: "a[" },
      { ...rule, expires: "2026-02-30" },
      { ...rule, until: "2026-02-01" },
    ];
    for (const one of wrong) await assert.rejects(read(one), withCode("CONFIGURATION"));
    await assert.rejects(parseIgnoreFile("version: 2\nignore: []", "x"), withCode("CONFIGURATION"));
    await assert.rejects(parseIgnoreFile("[", "x"), withCode("CONFIGURATION"));
  });
});
