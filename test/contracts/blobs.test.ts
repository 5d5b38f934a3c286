/** The contract of content by its hash, kept in a folder and on S3-compatible storage alike. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { inspect } from "node:util";
import { expectOk, limits } from "#kernel";
import {
  type BlobDay,
  type BlobHash,
  type BlobStore,
  blobOf,
  dailyBlobOf,
  type FinishedBlob,
  type ListedBlob,
  type StreamedBlobs,
} from "#record";
import { openBlobFolder, openStreamedFolder } from "#storage/files";
import { isSafeEndpoint, openS3Storage, type S3Settings } from "#storage/s3";
import { type S3Server, s3ServerSkip, startS3Server } from "../s3-server.ts";

interface Opened {
  readonly blobs: BlobStore;
  readonly images: StreamedBlobs;
}

interface Place {
  readonly name: string;
  readonly skip: string | false;
  start(): Promise<void>;
  /** Again, as the next process does. */
  open(): Promise<Opened>;
  stop(): Promise<void>;
  /** What holds for this place alone. */
  readonly own?: () => void;
}

let folder = "";
let server: S3Server | undefined;

const places: readonly Place[] = [
  {
    name: "a folder",
    skip: false,
    async start() {
      folder = await mkdtemp(join(tmpdir(), "corridor-contract-"));
    },
    open: async () => ({
      blobs: await openBlobFolder(join(folder, "blobs")),
      images: await openStreamedFolder(join(folder, "images")),
    }),
    stop: () => rm(folder, { recursive: true, force: true }),
  },
  {
    name: "S3-compatible storage",
    skip: s3ServerSkip(),
    async start() {
      server = await startS3Server();
    },
    open: async () => expectOk(await openS3Storage(server!.settings)),
    stop: async () => server?.stop(),
    own: ownOfS3,
  },
];

const monday = "2026-03-02" as BlobDay;
const tuesday = "2026-03-03" as BlobDay;

for (const place of places) {
  describe(`content in ${place.name}`, { skip: place.skip }, () => {
    before(place.start);
    after(place.stop);
    describe("kept whole", () => contractOfBlobs(place));
    describe("kept as it comes", () => contractOfComing(place));
    describe("of an archive", () => contractOfReading(place));
    describe("left behind", () => contractOfLeaving(place));
    place.own?.();
  });
}

function contractOfBlobs({ open }: Place): void {
  let blobs: BlobStore;
  before(async () => {
    blobs = (await open()).blobs;
  });

  it("is found by its hash, byte for byte, also by the next process", async () => {
    const blob = blobOf(randomBytes(300_000));
    await blobs.put(blob);
    assert.deepEqual(await blobs.get(blob.hash), blob.bytes);
    assert.deepEqual(await (await open()).blobs.get(blob.hash), blob.bytes);
  });

  it("may be empty, may look like an error, and may be kept twice", async () => {
    for (const text of ["", "<Error><Code>NoSuchKey</Code></Error>"]) {
      const blob = blobOf(Buffer.from(text));
      await Promise.all([blobs.put(blob), blobs.put(blob)]);
      assert.equal(String(await blobs.get(blob.hash)), text);
    }
  });

  it("that was never kept is not there", async () => {
    assert.equal(await blobs.get(blobOf(Buffer.from("never")).hash), undefined);
    assert.equal(await blobs.get(blobOf(Buffer.from("never")).hash, monday), undefined);
  });

  it("of a day is found by whatever day is named, and goes with its day", async () => {
    const bytes = randomBytes(500);
    const { hash } = blobOf(bytes);
    for (const day of [monday, tuesday]) await blobs.put(dailyBlobOf(bytes, day));
    for (const day of [monday, tuesday, undefined]) assert.deepEqual(await blobs.get(hash, day), bytes);
    assert.deepEqual(await blobs.daily.days(), [
      { day: monday, sizeBytes: 500 },
      { day: tuesday, sizeBytes: 500 },
    ]);
    assert.deepEqual(await listed(blobs), [`${hash} ${monday}`, `${hash} ${tuesday}`]);
    assert.equal(await blobs.daily.drop(monday), true);
    assert.deepEqual(await blobs.get(hash), bytes);
    assert.equal(await blobs.daily.drop(tuesday), true);
    assert.equal(await blobs.get(hash), undefined);
    assert.deepEqual(await blobs.daily.days(), []);
  });

  async function listed(store: BlobStore): Promise<readonly string[]> {
    const found: ListedBlob[] = [];
    for await (const blob of store.list()) if (blob.day !== undefined) found.push(blob);
    return found.map(({ hash, day }) => `${hash} ${day}`).sort();
  }
}

async function keep(images: StreamedBlobs, pieces: readonly Uint8Array[]): Promise<FinishedBlob> {
  const writer = await images.begin();
  for (const piece of pieces) await writer.write([piece]);
  return writer.finish();
}

async function contentOf(images: StreamedBlobs, hash: BlobHash): Promise<Uint8Array | undefined> {
  const blob = await images.open(hash);
  return blob?.read(0, blob.sizeBytes).finally(() => blob.close());
}

async function unsettled(images: StreamedBlobs): Promise<readonly string[]> {
  const told: string[] = [];
  for await (const { hash } of images.unsettled()) told.push(hash);
  return told.sort();
}

function contractOfComing({ open }: Place): void {
  let images: StreamedBlobs;
  before(async () => {
    images = (await open()).images;
  });

  it("has its name and size when it is finished, and nothing of it is there before", async () => {
    const [head, tail] = [randomBytes(70_000), randomBytes(30_000)];
    const { hash } = blobOf(Buffer.concat([head, tail]));
    const writer = await images.begin();
    await writer.write([head, tail.subarray(0, 10)]);
    assert.equal(await images.open(hash), undefined);
    await writer.write([tail.subarray(10)]);
    const finished = await writer.finish();
    assert.deepEqual([finished.hash, finished.sizeBytes, finished.isKnown], [hash, 100_000, false]);
    await finished.settle();
    assert.deepEqual(await contentOf(images, hash), Buffer.concat([head, tail]));
  });

  it("is the caller's own again once a piece is taken", async () => {
    const piece = Buffer.alloc(1_000, "a");
    const writer = await images.begin();
    await writer.write([piece]);
    piece.fill("b");
    const finished = await writer.finish();
    await finished.settle();
    assert.equal(String(await contentOf(images, finished.hash)), "a".repeat(1_000));
  });

  it("longer than one part is the same when it is read", async () => {
    const pieces = Array.from({ length: 3 }, () => randomBytes(limits.s3PartBytes / 2 - 3));
    const finished = await keep(images, pieces);
    await finished.settle();
    const whole = Buffer.concat(pieces);
    assert.deepEqual([finished.hash, finished.sizeBytes], [blobOf(whole).hash, whole.length]);
    const blob = (await images.open(finished.hash))!;
    const around = limits.s3PartBytes - 50;
    assert.deepEqual(Buffer.from(await blob.read(around, 100)), whole.subarray(around, around + 100));
    await blob.close();
    assert.equal((await keep(images, pieces)).isKnown, true);
  });

  it("that comes a second time, or from several at once, is kept once and told as known", async () => {
    const bytes = randomBytes(2_000);
    await (await keep(images, [bytes])).settle();
    const again = await Promise.all([keep(images, [bytes]), keep(images, [bytes]), keep(images, [])]);
    assert.deepEqual(
      again.map(({ isKnown }) => isKnown),
      [true, true, false],
    );
    for (const finished of again) await finished.settle();
    assert.deepEqual(await contentOf(images, blobOf(bytes).hash), bytes);
  });
}

function contractOfReading({ open }: Place): void {
  let images: StreamedBlobs;
  before(async () => {
    images = (await open()).images;
  });

  it("is read by ranges, shorter only at its end", async () => {
    const bytes = randomBytes(5_000);
    const finished = await keep(images, [bytes]);
    await finished.settle();
    const blob = (await images.open(finished.hash))!;
    const ranges = [
      [0, 5_000],
      [0, 1],
      [4_000, 2_000],
      [4_999, 1],
      [5_000, 10],
      [2_500, 0],
    ] as const;
    for (const [from, length] of ranges) {
      assert.deepEqual(Buffer.from(await blob.read(from, length)), bytes.subarray(from, from + length), `${from}`);
    }
    await blob.close();
  });

  it("is listed with its size, and gone once it is removed", async () => {
    const finished = await keep(images, [randomBytes(777)]);
    await finished.settle();
    const sizes = new Map<string, number>();
    for await (const { hash, sizeBytes } of images.list()) sizes.set(hash, sizeBytes);
    assert.equal(sizes.get(finished.hash), 777);
    await images.remove(finished.hash);
    await images.remove(finished.hash);
    assert.equal(await images.open(finished.hash), undefined);
  });
}

function contractOfLeaving({ open }: Place): void {
  let images: StreamedBlobs;
  before(async () => {
    images = (await open()).images;
  });

  it("that is given up leaves nothing", async () => {
    for (const sizeBytes of [10, limits.s3PartBytes + 10]) {
      const bytes = Buffer.alloc(sizeBytes, `${sizeBytes}`);
      const writer = await images.begin();
      await writer.write([bytes]);
      await writer.abandon();
      assert.equal(await images.open(blobOf(bytes).hash), undefined);
    }
    assert.deepEqual(await unsettled((await open()).images), []);
  });

  it("that was finished and not settled is told to the next process, until that settles it; what was not finished is gone", async () => {
    const finished = await Promise.all([
      keep(images, [randomBytes(100)]),
      keep(images, [randomBytes(100)]),
      keep(images, [randomBytes(100)]),
    ]);
    await finished[0]?.settle();
    await finished[0]?.settle();
    const unfinished = await images.begin();
    await unfinished.write([randomBytes(limits.s3PartBytes + 10)]);
    assert.deepEqual(await unsettled(images), [], "its own work is not taken for another's");

    const next = (await open()).images;
    const told: string[] = [];
    for await (const { hash, settle } of next.unsettled()) {
      told.push(hash);
      await settle();
    }
    for (const { hash } of finished.slice(1)) assert.ok(told.includes(hash));
    for (const hash of told) assert.ok(await contentOf(images, hash as BlobHash), "what is told of is there");
    assert.deepEqual(await unsettled((await open()).images), []);
    await assert.rejects(unfinished.finish());
    await unfinished.abandon();
  });
}

function ownOfS3(): void {
  const settings = () => server!.settings;
  const trial = async (changes: Partial<S3Settings>) => {
    const opened = await openS3Storage({ ...settings(), ...changes });
    return opened.ok ? "opened" : opened.problems[0];
  };
  const port = () => new URL(settings().endpoint).port;

  it("is reached with the bucket in front of the host's name too, below a prefix", async () => {
    const way = { style: "host", endpoint: `http://localhost:${port()}`, prefix: "trust-a/" } as const;
    const { blobs } = expectOk(await openS3Storage({ ...settings(), ...way }));
    const blob = blobOf(randomBytes(100));
    await blobs.put(blob);
    assert.deepEqual(await blobs.get(blob.hash), blob.bytes);
    assert.equal(await expectOk(await openS3Storage(settings())).blobs.get(blob.hash), undefined);
  });

  it("says at the start what is wrong, and never the secret", async () => {
    const expected: readonly (readonly [code: string, changes: Partial<S3Settings>])[] = [
      ["s3-bucket-missing", { bucket: "another" }],
      ["s3-signature-refused", { secret: "not-the-secret" }],
      ["s3-region-wrong", { region: "mars-1" }],
      ["s3-unreachable", { endpoint: "http://127.0.0.1:1" }],
    ];
    for (const [code, changes] of expected) {
      const problem = await trial(changes);
      assert.ok(problem !== "opened");
      assert.deepEqual([problem.code, problem.category], [code, "unavailable"]);
      assert.ok(!inspect(problem, { depth: 9 }).match(/not-the-secret|testing|Signature=/), "no secret");
    }
  });

  it("that asks to come again, or drops a connection, is asked again, and not for ever", async (t) => {
    const unsteady = await anUnsteadyWayTo(t, settings().endpoint);
    const { blobs } = expectOk(await openS3Storage({ ...settings(), endpoint: unsteady.endpoint }));
    const blob = blobOf(randomBytes(100_000));
    unsteady.fail("503", "dropped", "503");
    await blobs.put(blob);
    unsteady.fail("dropped", "503");
    assert.deepEqual(await blobs.get(blob.hash), blob.bytes);
    unsteady.fail(...Array.from({ length: limits.s3AttemptsMax }, () => "503" as const));
    await assert.rejects(blobs.get(blob.hash), /reading: it answered 503/);
    assert.deepEqual(await blobs.get(blob.hash), blob.bytes);
  });

  it("is trusted without encryption on this machine alone", () => {
    for (const endpoint of ["https://s3.example", "http://127.0.0.1:9000", "http://corridor.localhost"]) {
      assert.equal(isSafeEndpoint(endpoint), true);
    }
    for (const endpoint of ["http://s3.example", "http://10.0.0.1", "http://127.0.0.1.example"]) {
      assert.equal(isSafeEndpoint(endpoint), false);
    }
  });
}

type Mishap = "503" | "dropped";

/** Passes requests on, but for those that are to fail. */
async function anUnsteadyWayTo(t: TestContext, endpoint: string) {
  const mishaps: Mishap[] = [];
  const way = createServer((request, response) => {
    const mishap = mishaps.shift();
    if (mishap === "dropped") request.socket.destroy();
    else if (mishap === "503") response.writeHead(503).end("<Error><Code>SlowDown</Code></Error>");
    else {
      const { method, headers, url = "" } = request;
      const onward = send(`${endpoint}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    }
  });
  way.listen(0, "127.0.0.1");
  await once(way, "listening");
  t.after(() => {
    way.close();
    way.closeAllConnections();
  });
  const { port } = way.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, fail: (...next: readonly Mishap[]) => mishaps.push(...next) };
}
