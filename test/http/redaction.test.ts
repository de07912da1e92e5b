import assert from "node:assert/strict";
import fc from "fast-check";
import { redactText, redactUrl, scrubber } from "../../provider/common/redaction";
import { secretsOf } from "../../provider/common/secrets";
import { anyText } from "./support";

/** Letters that URLs, forms and JSON each write differently; no asterisk, which the mask itself consists of. */
const secret = fc.string({
  unit: fc.constantFrom(...Array.from('abXY09 %+&/@:?#="\\é😀\n'), "//", "://", "@"),
  minLength: 4,
  maxLength: 30,
});
const around = fc.string({ unit: fc.constantFrom(...Array.from("klmn ")), maxLength: 10 });

describe("redaction of texts", () => {
  it("leaves no given secret, however it is written", () => {
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const forms = [
          value,
          encodeURIComponent(value),
          encodeURIComponent(value).replaceAll("%20", "+"),
          JSON.stringify(value).slice(1, -1),
        ];
        for (const form of forms) {
          const text = `${before}${form}${after}`;
          const redacted = redactText(text, [value]);
          assert.match(redacted.replaceAll("***", ""), /^[klmn ]*$/);
          // What looks like a URL may lose more than its secret.
          if (!value.includes("//")) assert.equal(redacted, `${before}***${after}`);
          const hidden = `${before}[secret]${after}`;
          assert.deepEqual(scrubber([value])({ [text]: [text, 1] }), { [hidden]: [hidden, 1] });
        }
      }),
    );
  });

  it("leaves nothing of a secret that contains another", () => {
    const text = redactText("was pass-word-long here", ["pass", "pass-word-long"]);
    assert.equal(text, "was *** here");
  });

  it("redacts URLs that nobody named as secret", () => {
    const text = redactText("cannot open rtsp://admin:p#1/2@10.0.0.1/live?key=abc&plain now", []);
    assert.equal(text, "cannot open rtsp://10.0.0.1/live?key=***&*** now");
  });

  it("leaves nothing of a secret that is in part a URL, or ends where one begins", () => {
    const secret = "//\n@aaa";
    assert.equal(redactText(`was ${JSON.stringify(secret)}`, [secret]), 'was "***"');
    assert.equal(redactText("was a#rtsp://bcd here", ["a#rtsp://bcd"]), "was *** here");
    assert.equal(redactText("was abcdef here", ["abcd", "cdef"]), "was *** here");
  });

  it("ignores the empty secret", () => assert.equal(redactText("text", [""]), "text"));
});

describe("redaction of URLs", () => {
  it("keeps scheme, host, path and the names of parameters", () => {
    assert.equal(
      redactUrl("https://user:pw@host.example/v1/x?offset=10&name_like=cam#top"),
      "https://host.example/v1/x?offset=10&name_like=***",
    );
  });

  it("keeps pages and orders, which say where a list was read", () => {
    const url =
      "https://host.example/v2/p/batch-tasks?page_size=200&page_num=3&sort_name=created_at&order_by=asc";
    assert.equal(redactUrl(url), url);
    assert.equal(
      redactUrl("rtsp://host/x?page_num=a1&sort_name=hunter2&order_by=x"),
      "rtsp://host/x?page_num=***&sort_name=***&order_by=***",
    );
  });

  it("leaves no user name, password or query value", () => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from("QRSTUVW")), minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(word, word, word, (user, password, value) => {
        const text = redactUrl(`https://${user}:${password}@host.example/path?name=${value}&${value}`);
        for (const part of [user, password, value]) assert.ok(!text.includes(part));
      }),
    );
  });

  it("is total", () => {
    fc.assert(fc.property(anyText, (text) => typeof redactUrl(text) === "string"));
  });

  it("finds credentials in a URL whose beginning is a secret itself, and a secret URL that has some", () => {
    const text = "GET https://host/x?token=canary-1 of rtsp://me:canary-2@camera.example/1, retrying";
    assert.doesNotMatch(redactText(text, ["https://host", "rtsp://me"]), /canary/);
    const whole = "rtsp://me:canary-2@camera.example/1?channel=two";
    assert.equal(redactText(`cannot open ${whole} now`, [whole]), "cannot open *** now");
  });

  it("takes no long time over any long answer", () => {
    for (const part of ["/", "//", "a", "://", "?", "http://a@"]) {
      assert.equal(typeof redactText(part.repeat(300_000), ["canary"]), "string");
    }
  });
});

describe("secrets of a request body", () => {
  it("finds passwords, header values and credentials in URLs, at any depth", () => {
    const found = secretsOf({
      name: "task-test",
      input: {
        vcn: { username: "viewer", password: "vcn-canary" },
        data: [
          { url: "rtsp://cam:url%20canary@10.0.0.1/live" },
          { url: "rtsp://cam:odd#canary/1@10.0.0.1/live" },
          { url: "https://example.com/x?access_token=query-canary&page=two" },
        ],
      },
      output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
    });
    for (const canary of [
      "vcn-canary",
      "url canary",
      "url%20canary",
      "odd#canary/1",
      "query-canary",
      "header-canary",
    ]) {
      assert.ok(found.includes(canary), canary);
    }
    for (const plain of ["task-test", "viewer", "two"]) assert.ok(!found.includes(plain), plain);
  });

  it("takes any JSON", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(secretsOf(value))));
  });
});
