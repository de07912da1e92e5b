import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, create, failureOf, request, serve } from "./support";

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

const clock = new FakeClock();

describe("requests on the wire", () => {
  afterEach(closeServices);

  it("have a content type, and a JSON body where there is something to say", async () => {
    const service = await serve({ status: 200, body: {} });
    const transport = new Transport({ clock });
    await transport.send(create(service, { body: { name: "é" } }), clock.deadline());
    await transport.send(request(service, { method: "POST" }), clock.deadline());
    await transport.send(request(service, { method: "DELETE" }), clock.deadline());
    await transport.send(request(service), clock.deadline());
    const [withBody, ...without] = service.received;
    assert.equal(withBody!.body, '{"name":"é"}');
    assert.deepEqual(
      without.map(({ body }) => body),
      ["", "", ""],
    );
    for (const { headers } of service.received) assert.equal(headers["content-type"], "application/json");
  });

  it("give the parsed body, the server's clock and the request id", async () => {
    const service = await serve({
      status: 200,
      body: { a: [1] },
      headers: { Date: "Thu, 01 Jan 2015 00:00:00 GMT", "X-Request-Id": "id-3" },
    });
    const response = await new Transport({ clock }).send(request(service), clock.deadline());
    assert.deepEqual(response, {
      status: 200,
      body: { a: [1] },
      date: Date.parse("2015-01-01T00:00:00Z"),
      requestId: "id-3",
    });
  });

  it("reuse connections", async () => {
    const ports = new Set<number | undefined>();
    const server = createHttpServer((message, response) => {
      ports.add(message.socket.remotePort);
      response.end("{}");
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const transport = new Transport({ clock });
    for (let count = 0; count < 9; count += 1) await transport.send(request({ url }), clock.deadline());
    assert.ok(ports.size <= 2, String(ports.size));
    await transport.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

const credentialsOf = (directory: string) => ({
  key: readFileSync(join(directory, "key.pem")),
  cert: readFileSync(join(directory, "cert.pem")),
});

/** Makes a key and a certificate that is its own authority. */
function certify(directory: string, name: string, extension: string): void {
  const subject = ["-subj", name, "-addext", extension];
  const files = ["-keyout", join(directory, "key.pem"), "-out", join(directory, "cert.pem")];
  const options = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files];
  execFileSync("openssl", options, { stdio: "ignore" });
}

describe("certificates", () => {
  let directory: string;
  let server: Server;
  let url: string;

  before(async function () {
    directory = mkdtempSync(join(tmpdir(), "certificates-"));
    try {
      certify(directory, "/CN=localhost", "subjectAltName=DNS:localhost,DNS:modelarts.invalid");
    } catch {
      this.skip();
    }
    server = createTlsServer(credentialsOf(directory), (_, response) => {
      response.end("{}");
    });
    url = `https://localhost:${await listen(server)}`;
  });

  after(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  it("of an unknown authority are refused at once, before anything is sent", async () => {
    const clock = new FakeClock();
    const error = await failureOf(new Transport({ clock }).send(create({ url }), clock.deadline()));
    assert.deepEqual([error.failure.kind, error.failure.effect], ["connection", "none"]);
    assert.equal(clock.sleeps.length, 0);
    assert.match(error.message, /caCertFile/);
  });

  it("of an authority in the configured file are trusted", async () => {
    const transport = new Transport({ clock, caCertFile: join(directory, "cert.pem") });
    const response = await transport.send(request({ url }), clock.deadline());
    assert.equal(response.status, 200);
    await transport.close();
  });

  it("of Node's own further authorities stay trusted beside the file", async () => {
    const other = join(directory, "other");
    mkdirSync(other);
    certify(other, "/CN=other", "subjectAltName=DNS:localhost");
    // Asks as a provider process would, whose Node was given authorities of its own.
    const script = `
      const { Transport } = require(${JSON.stringify(require.resolve("../../provider/services/http/transport"))});
      const { FakeClock } = require(${JSON.stringify(require.resolve("../support/fake-clock"))});
      const { request } = require(${JSON.stringify(require.resolve("./support"))});
      const clock = new FakeClock();
      const transport = new Transport({ clock, maxRetries: 0, caCertFile: ${JSON.stringify(join(other, "cert.pem"))} });
      transport.send(request({ url: ${JSON.stringify(url)} }), clock.deadline()).then(
        ({ status }) => console.log(status),
        (error) => console.log(error.message),
      ).finally(() => process.exit());`;
    const ask = (flags: readonly string[], env: Readonly<Record<string, string>>): Promise<string> =>
      new Promise((resolve) => {
        const options = { env: { PATH: process.env["PATH"] ?? "", ...env } };
        execFile(process.execPath, [...flags, "-e", script], options, (_, stdout) => resolve(stdout.trim()));
      });
    const own = join(directory, "cert.pem");
    await Promise.all([
      ask([], {}).then((said) => assert.match(said, /self-signed|SELF_SIGNED/)),
      ask([], { NODE_EXTRA_CA_CERTS: own }).then((said) => assert.equal(said, "200")),
      ask(["--use-openssl-ca"], { SSL_CERT_FILE: own }).then((said) => assert.equal(said, "200")),
    ]);
  });

  it("are checked through a proxy too, which sees nothing but the name of the host", async () => {
    const tunnels: string[] = [];
    const seen: Buffer[] = [];
    const proxy = createHttpServer();
    proxy.on("connect", (message, client, head) => {
      tunnels.push(`${message.url ?? ""} ${message.headers["proxy-authorization"] ?? ""}`);
      const upstream = connect(Number(new URL(url).port), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.write(head);
        client.on("data", (chunk: Buffer) => seen.push(chunk));
        upstream.pipe(client).pipe(upstream);
      });
      client.on("error", () => upstream.destroy());
      upstream.on("error", () => client.destroy());
    });
    const env = { https_proxy: `http://user:password@127.0.0.1:${await listen(proxy)}` };
    const target = request({ url: "https://modelarts.invalid" });
    const trusting = new Transport({ clock, env, caCertFile: join(directory, "cert.pem"), maxRetries: 0 });
    assert.equal((await trusting.send(target, clock.deadline())).status, 200);
    await trusting.close();
    const basic = `Basic ${Buffer.from("user:password").toString("base64")}`;
    assert.deepEqual(tunnels, [`modelarts.invalid:443 ${basic}`]);
    assert.equal(Buffer.concat(seen).includes("token-1"), false);
    const error = await failureOf(
      new Transport({ clock, env, maxRetries: 0 }).send(target, clock.deadline()),
    );
    assert.equal(error.failure.kind, "connection");
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it("belong to connections that an attempt may end, in the middle of an answer or before its beginning", async () => {
    const silent = createTlsServer(credentialsOf(directory), (message, response) => {
      if (message.url?.endsWith("half") === true) response.write("{");
    });
    const deaf = createTcpServer();
    const caCertFile = join(directory, "cert.pem");
    for (const [listening, path, effect] of [
      [silent, "none", "unknown"],
      [silent, "half", "unknown"],
      [deaf, "none", "none"],
    ] as const) {
      const port = listening.listening ? (listening.address() as AddressInfo).port : await listen(listening);
      const transport = new Transport({ clock, caCertFile, maxRetries: 0, attemptTimeoutMs: 500 });
      const target = create({ url: `https://localhost:${port}` }, { path: [path] });
      const { failure } = await failureOf(transport.send(target, clock.deadline()));
      assert.deepEqual([failure.kind, failure.effect], ["timeout", effect]);
    }
    silent.closeAllConnections();
    silent.close();
    deaf.close();
  });

  it("in a file that is missing or no PEM are a configuration error", async () => {
    const broken = join(directory, "broken.pem");
    writeFileSync(broken, "no certificate");
    for (const caCertFile of [join(directory, "missing.pem"), broken]) {
      await assert.rejects(new Transport({ clock, caCertFile }).send(request({ url }), clock.deadline()), {
        code: "CONFIGURATION",
        message: /video-analysis:caCertFile/,
      });
      const named = new Transport({ clock, caCertFile, caCertSource: "OS_CACERT in the environment" });
      await assert.rejects(named.send(request({ url }), clock.deadline()), {
        code: "CONFIGURATION",
        message: /OS_CACERT in the environment(?!.*video-analysis:caCertFile)/,
      });
    }
  });
});
