import assert from "node:assert/strict";
import { resolve } from "node:path";
import test from "node:test";
import { expectOk } from "#kernel";
import { listSettings, readConfig } from "./config.ts";

test("without any variable Corridor listens on this machine only and keeps its data in ./data", () => {
  assert.deepEqual(expectOk(readConfig({})), {
    host: "127.0.0.1",
    httpPort: 8080,
    mllpPort: 2575,
    dimsePort: 11112,
    aeTitle: "CORRIDOR",
    dimseCertificate: undefined,
    dimseKey: undefined,
    dimseAuthority: undefined,
    worklistFile: undefined,
    dataFolder: resolve("data"),
    databaseUrl: undefined,
    publicOrigin: undefined,
    tlsCertificate: undefined,
    tlsKey: undefined,
    redirectPort: undefined,
    trustedProxies: undefined,
    requestsPerSecond: 500,
    corsOrigins: [],
    subscriptionEndpoints: [],
    simulatorTargets: [],
    logLevel: "warn",
    timeZone: "Europe/London",
    secondFactorRoles: [],
    identityKey: [],
    directoryFile: undefined,
    keyNetworks: undefined,
    outsideSecret: undefined,
    auditKey: undefined,
    auditCheckpoints: undefined,
    auditSyslog: undefined,
    auditSyslogCa: undefined,
    blobs: "folder",
    s3Endpoint: undefined,
    s3Bucket: undefined,
    s3Prefix: undefined,
    s3Region: "us-east-1",
    s3Style: "path",
    s3KeyId: undefined,
    s3SecretFile: undefined,
    s3Ca: undefined,
    bulkHours: 24,
    optOutHours: 24,
  });
});

test("a variable takes the default's place, an empty one does not", () => {
  const config = expectOk(readConfig({ CORRIDOR_HTTP_PORT: "0", CORRIDOR_MLLP_PORT: "", CORRIDOR_LOG: "debug" }));
  assert.deepEqual([config.httpPort, config.mllpPort, config.logLevel], [0, 2575, "debug"]);
});

test("several origins stand with commas between them", () => {
  const config = expectOk(readConfig({ CORRIDOR_CORS_ORIGINS: "https://a.example, http://localhost:3000" }));
  assert.deepEqual(config.corsOrigins, ["https://a.example", "http://localhost:3000"]);
});

test("the addresses that subscriptions may send to are taken apart", () => {
  const config = expectOk(
    readConfig({ CORRIDOR_SUBSCRIPTION_ENDPOINTS: "https://a.example/hooks, http://b.example:81" }),
  );
  assert.deepEqual(config.subscriptionEndpoints, [
    { origin: "https://a.example", path: "/hooks/" },
    { origin: "http://b.example:81", path: "/" },
  ]);
});

const wrong: readonly (readonly [string, string, RegExp])[] = [
  ["CORRIDOR_HTTP_PORT", "80a", /CORRIDOR_HTTP_PORT cannot be "80a": give a whole number from 0 to 65535\./],
  ["CORRIDOR_HTTP_PORT", "65536", /cannot be "65536"/],
  ["CORRIDOR_MLLP_PORT", "-1", /cannot be "-1"/],
  ["CORRIDOR_HOST", "all of them", /an address of this machine/],
  ["CORRIDOR_S3_ENDPOINT", "http://s3.example", /CORRIDOR_S3_ENDPOINT cannot be "http:\/\/s3.example"/],
  ["CORRIDOR_LOG", "loud", /one of debug, info, warn, error, silent/],
  ["CORRIDOR_PUBLIC_ORIGIN", "https://a.example/corridor", /without a path/],
  ["CORRIDOR_CORS_ORIGINS", "https://a.example/app", /origins such as/],
  ["CORRIDOR_SUBSCRIPTION_ENDPOINTS", "ftp://a.example", /addresses such as https/],
  ["CORRIDOR_SUBSCRIPTION_ENDPOINTS", "https://me:secret@a.example", /addresses such as https/],
  ["CORRIDOR_SECOND_FACTOR_ROLES", "doctor, wizard", /names of roles such as/],
  ["CORRIDOR_IDENTITY_KEY", "c2hvcnQ=", /CORRIDOR_IDENTITY_KEY cannot be what it is set to: give 32 random bytes/],
  ["CORRIDOR_TRUSTED_PROXIES", "10.0.0.0/99", /addresses and networks such as/],
  ["CORRIDOR_TIME_ZONE", "Europe/Atlantis", /cannot be "Europe\/Atlantis": give a name of the IANA/],
  ["DATABASE_URL", "mysql://u:s3cret@db/x", /DATABASE_URL cannot be what it is set to: give an address such as/],
];

for (const [name, value, message] of wrong) {
  test(`${name}=${value} is refused with a line saying what to give`, () => {
    const config = readConfig({ [name]: value });
    assert.equal(config.ok, false);
    assert.equal(config.problems.length, 1);
    assert.equal(config.problems[0].code, "setting-incorrect");
    assert.match(config.problems[0].message, message);
    assert.ok(!config.problems[0].message.includes("s3cret"));
  });
}

test("every wrong setting is named at once", () => {
  const config = readConfig({ CORRIDOR_HTTP_PORT: "x", CORRIDOR_MLLP_PORT: "y" });
  assert.deepEqual(config.ok ? [] : config.problems.map((problem) => problem.where), [
    "CORRIDOR_HTTP_PORT",
    "CORRIDOR_MLLP_PORT",
  ]);
});

test("the list of settings says where each value is from and hides secrets", () => {
  const list = listSettings({ DATABASE_URL: "postgres://u:s3cret@db/x", CORRIDOR_HOST: "0.0.0.0" });
  const database = list.find((setting) => setting.name === "DATABASE_URL");
  const host = list.find((setting) => setting.name === "CORRIDOR_HOST");
  assert.deepEqual([database?.value, database?.source], ["(hidden)", "environment"]);
  assert.deepEqual([host?.value, host?.default, host?.source], ["0.0.0.0", "127.0.0.1", "environment"]);
  assert.ok(list.every((setting) => setting.about.endsWith(".")));
});
