import assert from "node:assert/strict";
import { isLoopback, Proxies } from "../../provider/services/http/proxy";
import { Transport, type TransportOptions } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { LittleProxy, type Manner, socksServer } from "./little-proxy";
import { closeServices, create, failureOf, request, serve } from "./support";

/** No name server knows it: only a proxy can reach it. */
const TARGET = { url: "https://modelarts.invalid" };
const PLAIN_TARGET = { url: "http://modelarts.invalid" };

const portOf = ({ url }: { url: string }): number => Number(new URL(url).port);

describe("proxies", () => {
  const proxies: LittleProxy[] = [];
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  afterEach(async () => {
    await closeServices();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  async function proxy(manner: Manner): Promise<LittleProxy> {
    const started = await new LittleProxy(manner).listen();
    proxies.push(started);
    return started;
  }
  const through = ({ host }: { host: string }, options: Partial<TransportOptions> = {}): Transport =>
    new Transport({ clock, env: { HTTPS_PROXY: `http://user:canary@${host}` }, maxRetries: 0, ...options });

  it("are used as the environment says, but never for this machine's own addresses", async () => {
    const service = await serve({ status: 200, body: { through: "proxy" } });
    const tunnels = await proxy({ forward: portOf(service) });
    const env = { HTTP_PROXY: `http://${tunnels.host}` };
    const transport = new Transport({ clock, env, maxRetries: 0 });
    for (let count = 0; count < 3; count += 1) {
      const response = await transport.send(request(PLAIN_TARGET), clock.deadline());
      assert.deepEqual(response.body, { through: "proxy" });
    }
    await transport.send(request(service), clock.deadline());
    assert.deepEqual(tunnels.asked, ["modelarts.invalid:80"], "one tunnel, which is kept");
    await transport.close();
    const direct = new Transport({ clock, env: { ...env, NO_PROXY: "modelarts.invalid" }, maxRetries: 0 });
    const error = await failureOf(direct.send(request(PLAIN_TARGET), clock.deadline()));
    assert.deepEqual([error.failure.kind, tunnels.asked.length], ["connection", 1]);
  });

  for (const manner of ["silent", "deaf"] as const) {
    it(`that are ${manner} cost no more than the time of the operation, and leave nothing open`, async () => {
      const hung = await proxy(manner);
      const error = await failureOf(through(hung).send(create(TARGET), clock.deadline(300)));
      assert.deepEqual([error.failure.kind, error.failure.effect], ["timeout", "none"]);
      assert.ok(error.message.includes(`http://${hung.host} (HTTPS_PROXY)`), error.message);
      assert.ok(!error.message.includes("canary"), error.message);
      assert.deepEqual(hung.asked, ["modelarts.invalid:443"]);
      while (hung.open > 0) await new Promise(setImmediate);
    });
  }

  it("that are silent hear of the end of the process", async () => {
    const hung = await proxy("silent");
    const stop = new AbortController();
    const sent = failureOf(through(hung).send(create(TARGET), clock.deadline(60_000, stop.signal)));
    while (hung.asked.length === 0) await new Promise(setImmediate);
    stop.abort();
    const { failure } = await sent;
    assert.deepEqual([failure.kind, failure.effect], ["timeout", "none"]);
  });

  it("that close at CONNECT are asked again after pauses, as often as any other", async () => {
    clock.chance = 0.5;
    const closing = await proxy("close");
    const error = await failureOf(through(closing, { maxRetries: 3 }).send(create(TARGET), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
    assert.deepEqual([closing.asked.length, clock.sleeps.length], [4, 3]);
    assert.ok(clock.sleeps.every((ms) => ms > 0));
    assert.ok(error.message.includes(closing.host), error.message);
  });

  it("that refuse have their say; those that cannot are asked again", async () => {
    for (const [status, attempts] of [
      [407, 1],
      [403, 1],
      [503, 3],
    ] as const) {
      const refusing = await proxy(status);
      const sent = through(refusing, { maxRetries: 2 }).send(create(TARGET), clock.deadline());
      const { failure, message } = await failureOf(sent);
      assert.deepEqual([failure.kind, failure.effect], ["connection", "none"]);
      assert.equal(refusing.asked.length, attempts, String(status));
      assert.match(message, new RegExp(`${refusing.host}.*${status}`));
    }
  });

  it("that are gone are named, and a request that was not sent may be sent again", async () => {
    const gone = await proxy("silent");
    const { host } = gone;
    await gone.close();
    const error = await failureOf(through({ host }).send(create(TARGET), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
    assert.ok(error.message.includes(`${host} (HTTPS_PROXY)`), error.message);
  });

  it("that break an open tunnel are named, and leave a create in doubt", async () => {
    const service = await serve("drop");
    const tunnels = await proxy({ forward: portOf(service) });
    const env = { http_proxy: tunnels.host };
    const transport = new Transport({ clock, env, maxRetries: 0 });
    const error = await failureOf(transport.send(create(PLAIN_TARGET), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "unknown"]);
    assert.ok(error.message.includes(tunnels.host), error.message);
  });

  it("are given the user and password of their URL", async () => {
    const service = await serve({ status: 200, body: {} });
    const tunnels = await proxy({ forward: portOf(service) });
    for (const user of ["name:p%40ss", "name"]) {
      const transport = new Transport({ clock, env: { HTTP_PROXY: `http://${user}@${tunnels.host}` } });
      await transport.send(request(PLAIN_TARGET), clock.deadline());
    }
    const sent = tunnels.logins.map((login = "") => Buffer.from(login.slice(6), "base64").toString());
    assert.deepEqual(sent, ["name:p@ss", "name:"]);
  });

  it("of SOCKS are used too", async () => {
    const service = await serve({ status: 200, body: { through: "socks" } });
    const { url, close } = await socksServer(portOf(service));
    const transport = new Transport({ clock, env: { HTTP_PROXY: url } });
    const { body } = await transport.send(request(PLAIN_TARGET), clock.deadline());
    assert.deepEqual(body, { through: "socks" });
    await transport.close();
    await closeServices();
    await close();
  });

  it("with an unusable URL are a configuration error that does not quote it", async () => {
    const service = await serve({ status: 200 });
    for (const url of ["proxy-canary:8080:x", "ftp://canary.example.com", "http://%zz:canary@example.com"]) {
      const transport = new Transport({ clock, env: { HTTPS_PROXY: url } });
      await assert.rejects(
        transport.send(request(service), clock.deadline()),
        (error: Error) =>
          "code" in error &&
          error.code === "CONFIGURATION" &&
          error.message.includes("HTTPS_PROXY") &&
          !error.message.includes("canary"),
      );
    }
  });

  it("are not kept from address ranges in NO_PROXY by names: that is said once", async () => {
    const refusing = await proxy(503);
    const warnings: string[] = [];
    const env = { NO_PROXY: "10.0.0.0/8,.example.com", HTTPS_PROXY: `http://${refusing.host}` };
    for (let count = 0; count < 2; count += 1) {
      const warn = (message: string): void => void warnings.push(message);
      const transport = new Transport({ clock, env, maxRetries: 0, warn });
      await failureOf(transport.send(request(TARGET), clock.deadline()));
    }
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^NO_PROXY: 10\.0\.0\.0\/8 /);
    assert.equal(refusing.asked.length, 2);
  });
});

describe("variables of proxies", () => {
  const nameOf = (env: Record<string, string>, url: string): string | undefined =>
    new Proxies(env).for(new URL(url))?.name;
  const [plain, secure] = ["http://a.example.com:8080", "https://a.example.com"];

  it("are read in lower case first, and one that is set to nothing hides no other", () => {
    const env = { http_proxy: "", HTTP_PROXY: "http://u:p@upper:1", https_proxy: " " };
    assert.equal(nameOf(env, plain), "http://upper:1 (HTTP_PROXY)");
    assert.equal(nameOf(env, secure), "http://upper:1 (HTTP_PROXY)");
    const both = { ...env, http_proxy: "lower:2", HTTPS_PROXY: "https://secure" };
    assert.equal(nameOf(both, plain), "http://lower:2 (http_proxy)");
    assert.equal(nameOf(both, secure), "https://secure (HTTPS_PROXY)");
    assert.equal(nameOf({ HTTPS_PROXY: "http://secure:1" }, plain), undefined);
    assert.equal(nameOf({}, secure), undefined);
    assert.equal(
      nameOf({ HTTPS_PROXY: "http://p:1", no_proxy: "", NO_PROXY: "a.example.com" }, secure),
      undefined,
    );
  });

  it("have exceptions by host, domain, port, address and range", () => {
    const isDirect = (noProxy: string, url: string): boolean =>
      nameOf({ HTTP_PROXY: "http://p:1", NO_PROXY: noProxy }, url) === undefined;
    const direct: [string, string][] = [
      ["a.example.com", secure],
      ["A.Example.COM", secure],
      ["example.com", secure],
      [".example.com", secure],
      ["x, *.example.com", secure],
      ["x *", secure],
      ["a.example.com:443", secure],
      ["a.example.com:8080", plain],
      ["10.0.0.0/8", "https://10.1.2.3"],
      ["fd00::/8", "https://[fd12::1]"],
      ["fd12::1", "https://[fd12::1]"],
    ];
    for (const [noProxy, url] of direct) {
      assert.ok(isDirect(noProxy, url), `${noProxy} ${url}`);
    }
    for (const [noProxy, url] of [
      ["", secure],
      ["b.example.com", secure],
      ["ample.com", secure],
      ["a.example.com:8443", secure],
      ["10.0.0.0/8", "https://11.1.2.3"],
      ["10.0.0.0/8", secure],
      ["10.0.0.0/99", "https://10.1.2.3"],
    ] as const) {
      assert.ok(!isDirect(noProxy, url), `${noProxy} ${url}`);
    }
  });

  it("never hold for this machine's own addresses", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
      assert.ok(isLoopback(host), host);
      assert.equal(nameOf({ HTTP_PROXY: "http://p:1" }, `http://${host}`), undefined);
    }
    for (const host of ["127.example.com", "10.0.0.1", "localhost.example.com"]) {
      assert.ok(!isLoopback(host), host);
    }
  });

  it("are warned of only where there is a proxy and a range", () => {
    const warning = (env: Record<string, string>): string | undefined => new Proxies(env).warning;
    assert.match(warning({ HTTP_PROXY: "p:1", no_proxy: "fd00::/8" }) ?? "", /^no_proxy: fd00::\/8 /);
    assert.equal(warning({ NO_PROXY: "10.0.0.0/8" }), undefined);
    assert.equal(warning({ HTTP_PROXY: "p:1", NO_PROXY: "a.example.com" }), undefined);
  });
});
