/** OpenStack Swift with its S3 interface, all of it in one process, for tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsClient } from "aws4fetch";
import type { S3Settings } from "#storage/s3";

/** Where Debian and Ubuntu put it; it runs on their own Python. */
const [python, swift] = ["/usr/bin/python3", "/usr/lib/python3/dist-packages/swift/common/middleware/s3api/s3api.py"];

/** The reason to skip the tests that need it, as `node:test` takes it. */
export function s3ServerSkip(): string | false {
  if (existsSync(python) && existsSync(swift)) return false;
  const reason = "OpenStack Swift is not installed: apt-get install python3-swift";
  if (process.env.CORRIDOR_REQUIRE_TOOLS === "1") throw new Error(reason);
  return reason;
}

const program = `
import json, logging, os, sys
import eventlet
eventlet.monkey_patch()
from eventlet import wsgi
from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.storage_policy import reload_storage_policies
from swift.common.wsgi import loadapp

folder, parent = sys.argv[1], os.getppid()
def path(name):
    return os.path.join(folder, name)
def write(name, text):
    with open(path(name), "w") as file:
        file.write(text)

write("swift.conf", "[swift-hash]\\nswift_hash_path_suffix = test\\n[storage-policy:0]\\nname = only\\ndefault = yes\\n")
utils.SWIFT_CONF_FILE = path("swift.conf")
reload_storage_policies()
os.makedirs(path("devices/disk"))
servers = ("account", "container", "object", "proxy")
sockets = {name: eventlet.listen(("127.0.0.1", 0)) for name in servers}
ports = {name: socket.getsockname()[1] for name, socket in sockets.items()}
common = f"[DEFAULT]\\nswift_dir = {folder}\\ndevices = {path('devices')}\\nmount_check = false\\nlog_level = ERROR\\n"
common += "fallocate_reserve = 0\\ndisable_fallocate = true\\n"
for name in servers[:3]:
    ring = RingBuilder(1, 1, 0)
    here = {"ip": "127.0.0.1", "port": ports[name]}
    ring.add_dev({"region": 1, "zone": 1, "device": "disk", "weight": 1, **here,
                  **{"replication_" + key: value for key, value in here.items()}})
    ring.rebalance()
    ring.get_ring().save(path(name + ".ring.gz"))
    write(name + ".conf", common + f"[pipeline:main]\\npipeline = app\\n[app:app]\\nuse = egg:swift#{name}\\n")
filters = {
    "catch_errors": "", "gatekeeper": "", "listing_formats": "", "cache": "memcache_servers = 127.0.0.1:1",
    "s3api": "location = eu-test-1\\nstorage_domain = localhost\\nmin_segment_size = 1",
    "tempauth": "user_test_tester = testing .admin", "bulk": "", "slo": "",
}
stages = "".join(f"[filter:{name}]\\nuse = egg:swift#{'memcache' if name == 'cache' else name}\\n{text}\\n"
                 for name, text in filters.items())
write("proxy.conf", common + f"[pipeline:main]\\npipeline = {' '.join(filters)} proxy-server\\n" + stages
      + "[app:proxy-server]\\nuse = egg:swift#proxy\\naccount_autocreate = true\\n")
for name in servers:
    app = loadapp(path(name + ".conf"))
    eventlet.spawn(wsgi.server, sockets[name], app, logging.getLogger("silent"), log_output=False)
print(ports["proxy"], flush=True)
while os.getppid() == parent:
    eventlet.sleep(1)
`;

export interface S3Server {
  readonly settings: S3Settings;
  stop(): Promise<void>;
}

/** Started in about two seconds, with an empty bucket. */
export async function startS3Server(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-swift-"));
  const child: ChildProcess = spawn(python, ["-c", program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  const settings: S3Settings = {
    endpoint: `http://127.0.0.1:${line.toString().trim()}`,
    bucket: "corridor",
    region: "eu-test-1",
    style: "path",
    keyId: "test:tester",
    secret: "testing",
    prefix: "",
    instance: "one",
    waitMs: 5,
  };
  await makeBucket(settings);
  return {
    settings,
    async stop() {
      child.kill();
      await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeBucket({ endpoint, bucket, region, keyId, secret }: S3Settings): Promise<void> {
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: "s3", region, retries: 0 });
  const answer = await client.fetch(`${endpoint}/${bucket}`, { method: "PUT" });
  if (!answer.ok) throw new Error(`making the bucket: ${answer.status}`);
}
