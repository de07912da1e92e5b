import assert from "node:assert/strict";
import { Connections } from "../../provider/services/auth/connection";
import { resolveSettings } from "../../provider/services/auth/settings";
import { RequestError, VideoAnalysisError } from "../../provider/common/errors";
import { ScriptedIdentity, stack, subject } from "./support";
import { FakeClock } from "../support/fake-clock";

type Values = Parameters<typeof stack>[0];
const PASSWORD: Values = { userName: "u", password: "p", domainName: "d" };

const clock = new FakeClock();

function open(values: Values): { identity: ScriptedIdentity; connections: Connections } {
  const identity = new ScriptedIdentity();
  return { identity, connections: new Connections(resolveSettings([stack(values)], {}), identity, clock) };
}

describe("connections", () => {
  it("are the same for the same place, and send nothing by themselves", () => {
    const { identity, connections } = open({ region: "eu-de", ...PASSWORD });
    const connection = connections.connect();
    assert.equal(connections.connect({ region: "eu-de" }), connection);
    assert.notEqual(connections.connect({ region: "eu-nl" }), connection);
    assert.notEqual(connections.connect({ projectId: "p1" }), connection);
    assert.deepEqual([connection.region, connection.cloud], ["eu-de", "otc.t-systems.com"]);
    assert.equal(connection.endpoint("modelarts"), "https://modelarts.eu-de.otc.t-systems.com");
    assert.deepEqual([identity.issued, identity.searched], [[], []]);
  });

  it("need a region and credentials", () => {
    assert.throws(() => open({ token: "t" }).connections.connect(), { code: "CONFIGURATION" });
    const { connections } = open({ region: "eu-de" });
    assert.throws(() => connections.connect(), { code: "CONFIGURATION" });
  });

  it("take the region of the program before the configured one, and the cloud with it", () => {
    const { connections } = open({ region: "eu-de", token: "t" });
    assert.equal(connections.connect({ region: "cn-north-4" }).cloud, "myhuaweicloud.com");
    const { connections: fixed } = open({ region: "eu-de", token: "t", cloud: "example.com" });
    assert.equal(fixed.connect().endpoint("vias"), "https://vias.eu-de.example.com");
  });
});

describe("recorded endpoints of a connection", () => {
  const derived = "https://modelarts.eu-de.otc.t-systems.com";

  it("are used where they are known", () => {
    const connection = open({ region: "eu-de", token: "t", cloud: "example.com" }).connections.connect();
    assert.equal(connection.endpoint("modelarts", `${derived}/`), derived);
  });

  it("give way to an override of today", () => {
    const endpoints = '{"modelarts":"http://127.0.0.1:1/x"}';
    const connection = open({ region: "eu-de", token: "t", endpoints }).connections.connect();
    for (const recorded of [derived, "https://stranger.example", undefined]) {
      assert.equal(connection.endpoint("modelarts", recorded), "http://127.0.0.1:1/x");
    }
  });

  it("are refused where they are a stranger's", () => {
    const connection = open({ region: "eu-de", token: "t" }).connections.connect();
    assert.throws(() => connection.endpoint("modelarts", "https://stranger.example"), {
      code: "ENDPOINT_REFUSED",
    });
  });

  it("hold where the override is configured for another region or project", () => {
    const endpoints = '{"modelarts":"https://moved.example"}';
    const { connections } = open({ region: "eu-nl", projectId: "p2", token: "t", endpoints });
    const old = connections.connect({ region: "eu-de", projectId: "p1" });
    assert.equal(old.endpoint("modelarts", derived), derived);
    assert.equal(old.endpoint("modelarts", "https://moved.example/"), "https://moved.example");
    const otherProject = connections.connect({ region: "eu-nl", projectId: "p1" });
    const derivedThere = "https://modelarts.eu-nl.otc.t-systems.com";
    assert.equal(otherProject.endpoint("modelarts", derivedThere), derivedThere);
    assert.equal(
      connections.connect({ projectId: "p2" }).endpoint("modelarts", derived),
      "https://moved.example",
    );
  });

  it("are refused, with both named, where neither they nor the override can be used", () => {
    const endpoints = '{"modelarts":"https://moved.example"}';
    const { connections } = open({ region: "eu-nl", token: "t", endpoints });
    const old = connections.connect({ region: "eu-de" });
    assert.throws(
      () => old.endpoint("modelarts", "https://gateway.example/old"),
      (error: Error) => /ENDPOINT_REFUSED: .*gateway\.example.*moved\.example/.test(error.message),
    );
  });
});

describe("the place of a connection", () => {
  it("is refused where it is no region or project, before anything is sent", () => {
    const { identity, connections } = open({ region: "eu-de", cloud: "otc.t-systems.com", ...PASSWORD });
    for (const region of ["evil.example:443/x", "eu-de.evil", "", "EU-DE", "eu-de\n", "eu_de"]) {
      assert.throws(() => connections.connect({ region }), { code: "CONFIGURATION" }, region);
    }
    for (const projectId of ["../p", "p/1", "", "p\r\nX-Evil: 1", "p".repeat(65)]) {
      assert.throws(() => connections.connect({ projectId }), { code: "CONFIGURATION" }, projectId);
    }
    assert.deepEqual(identity.issued, []);
  });

  it("sends no password to a region that nobody knows", () => {
    for (const values of [{}, { authUrl: "https://iam.eu-de.otc.t-systems.com/v3" }]) {
      const { identity, connections } = open({ region: "eu-ed", ...values, ...PASSWORD });
      const connect = (): string => connections.connect().endpoint("modelarts");
      assert.throws(connect, { code: "CONFIGURATION", message: /did you mean "eu-de"/ });
      assert.deepEqual(identity.issued, []);
    }
  });

  it("needs no IAM for a token and a project's id, where the service's address is configured", async () => {
    const endpoints = '{"modelarts":"https://modelarts.example"}';
    const { connections } = open({ region: "private-1", projectId: "p1", token: "t", endpoints });
    const connection = connections.connect();
    assert.equal(connection.endpoint("modelarts"), "https://modelarts.example");
    assert.equal(await connection.projectId(clock.deadline()), "p1");
    const { connections: unnamed } = open({ region: "private-1", token: "t", endpoints });
    await assert.rejects(unnamed.connect().projectId(clock.deadline()), { code: "CONFIGURATION" });
  });

  it("follows the IAM address of another cloud", () => {
    const authUrl = "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3";
    const connection = open({ region: "eu-ch2", authUrl, token: "t" }).connections.connect();
    assert.equal(connection.endpoint("modelarts"), "https://modelarts.eu-ch2.sc.otc.t-systems.com");
    assert.equal(connection.endpoint("iam"), "https://iam-pub.eu-ch2.sc.otc.t-systems.com");
  });

  it("is refused where IAM names a project by what is no id", async () => {
    const { identity, connections } = open({ region: "eu-de", token: "t" });
    identity.projects = [{ id: "../p4", name: "eu-de" }];
    await assert.rejects(connections.connect().projectId(clock.deadline()), { code: "CONFIGURATION" });
  });
});

describe("the project of a connection", () => {
  it("is the recorded one, else the configured one, without any request", async () => {
    const { identity, connections } = open({ region: "eu-de", projectId: "p1", ...PASSWORD });
    assert.equal(await connections.connect().projectId(clock.deadline()), "p1");
    assert.equal(await connections.connect({ projectId: "p2" }).projectId(clock.deadline()), "p2");
    assert.deepEqual([identity.issued, identity.searched], [[], []]);
  });

  it("is not the configured one in another region than the configured", async () => {
    const { identity, connections } = open({
      region: "eu-de",
      projectId: "p1",
      projectName: "eu-de_x",
      token: "t",
    });
    identity.projects = [{ id: "p-nl", name: "eu-nl" }];
    assert.equal(await connections.connect({ region: "eu-nl" }).projectId(clock.deadline()), "p-nl");
    assert.deepEqual(identity.searched, ["eu-nl"]);
  });

  it("is that of the token for a password, scoped by the project's name", async () => {
    const { identity, connections } = open({ region: "eu-de", projectName: "eu-de_x", ...PASSWORD });
    identity.tokenProject = { id: "p3", name: "eu-de_x" };
    assert.equal(await connections.connect().projectId(clock.deadline()), "p3");
    assert.deepEqual(identity.issued, [
      { endpoint: "https://iam.eu-de.otc.t-systems.com", scope: { name: "eu-de_x" } },
    ]);
    assert.deepEqual(identity.searched, []);
  });

  it("is looked up by the region's name for a given token, once for all", async () => {
    const { identity, connections } = open({ region: "eu-de", token: "t" });
    identity.projects = [{ id: "p4", name: "eu-de" }];
    const connection = connections.connect();
    const ids = await Promise.all([1, 2, 3].map(() => connection.projectId(clock.deadline())));
    assert.deepEqual([...ids, await connection.projectId(clock.deadline())], ["p4", "p4", "p4", "p4"]);
    assert.deepEqual(identity.searched, ["eu-de"]);
  });

  it("must be exactly one, and is looked for again after a failure", async () => {
    const { identity, connections } = open({ region: "eu-de", token: "t" });
    const connection = connections.connect();
    identity.failures.push(new VideoAnalysisError("REQUEST_FAILED", "no"));
    await assert.rejects(connection.projectId(clock.deadline()), { code: "REQUEST_FAILED" });
    await assert.rejects(connection.projectId(clock.deadline()), { code: "CONFIGURATION" });
    identity.projects = [
      { id: "p5", name: "eu-de" },
      { id: "p6", name: "eu-de" },
    ];
    await assert.rejects(
      connection.projectId(clock.deadline()),
      (error: Error) => error.message.includes("p5") && error.message.includes("p6"),
    );
    identity.projects = [{ id: "p5", name: "eu-de" }];
    assert.equal(await connection.projectId(clock.deadline()), "p5");
  });

  it("is to be configured where IAM lists none to the user", async () => {
    const { identity, connections } = open({ region: "eu-de", token: "t" });
    const failure = { kind: "forbidden", method: "GET", url: "u", effect: "none" } as const;
    identity.failures.push(new RequestError(failure, "answered 403"));
    await assert.rejects(connections.connect().projectId(clock.deadline()), {
      code: "CONFIGURATION",
      message: /Set `video-analysis:projectId`/,
    });
  });

  it("of another region than the configured project's asks for a provider of its own", async () => {
    const { identity, connections } = open({ region: "eu-de", projectId: "p1", token: "t" });
    const failure = { kind: "forbidden", method: "GET", url: "u", effect: "none" } as const;
    const elsewhere = connections.connect({ region: "eu-nl" });
    for (const failed of [undefined, new RequestError(failure, "answered 403")]) {
      if (failed !== undefined) identity.failures.push(failed);
      await assert.rejects(elsewhere.projectId(clock.deadline()), {
        code: "CONFIGURATION",
        message: /Use a `va\.Provider` with `region` and `projectId`/,
      });
    }
  });

  it("has its own token, shared by all connections of that project", async () => {
    const { identity, connections } = open({ region: "eu-de", ...PASSWORD });
    for (const projectId of ["p1", "p2", "p1"]) {
      await connections.connect({ projectId }).authenticator.headers(subject(), clock.deadline());
    }
    assert.deepEqual(
      identity.issued.map(({ scope }) => scope),
      [{ id: "p1" }, { id: "p2" }],
    );
  });
});
