import type { S3Client } from "./s3-client.ts";
import { childrenOf, rootOf, textOf } from "./s3-xml.ts";

export interface ListedObject {
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedMs: number;
}

/** All objects whose names start so, in the order of their names. */
export async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<ListedObject> {
  for await (const page of pages(client, { prefix })) {
    for (const content of childrenOf(page, "Contents")) {
      yield {
        name: textOf(content, "Key"),
        sizeBytes: Number(textOf(content, "Size")),
        changedMs: Date.parse(textOf(content, "LastModified")),
      };
    }
  }
}

/** What stands between a prefix and the next slash, in order. */
export async function listFolders(client: S3Client, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of pages(client, { prefix, delimiter: "/" })) {
    for (const common of childrenOf(page, "CommonPrefixes")) {
      found.push(textOf(common, "Prefix").slice(prefix.length).replace(/\/$/, ""));
    }
  }
  return found;
}

async function* pages(client: S3Client, asked: Readonly<Record<string, string>>) {
  let token = "";
  do {
    const query = { "list-type": "2", ...asked, ...(token === "" ? {} : { "continuation-token": token }) };
    const answer = await client.ask({ doing: "listing", method: "GET", name: "", query });
    if (answer === undefined) return;
    const root = rootOf("listing", answer.body);
    yield root;
    token = textOf(root, "IsTruncated") === "true" ? textOf(root, "NextContinuationToken") : "";
  } while (token !== "");
}

export interface ListedUpload {
  readonly name: string;
  readonly uploadId: string;
  readonly startedMs: number;
}

/** Uploads in parts that are neither complete nor given up. */
export async function* listUploads(client: S3Client, prefix: string): AsyncGenerator<ListedUpload> {
  let after: Readonly<Record<string, string>> | undefined = {};
  while (after !== undefined) {
    const query = { uploads: "", prefix, ...after };
    const answer = await client.ask({ doing: "listing uploads", method: "GET", name: "", query });
    if (answer === undefined) return;
    const root = rootOf("listing uploads", answer.body);
    for (const upload of childrenOf(root, "Upload")) {
      const [name, uploadId] = [textOf(upload, "Key"), textOf(upload, "UploadId")];
      yield { name, uploadId, startedMs: Date.parse(textOf(upload, "Initiated")) };
    }
    const next = {
      "key-marker": textOf(root, "NextKeyMarker"),
      "upload-id-marker": textOf(root, "NextUploadIdMarker"),
    };
    after = textOf(root, "IsTruncated") === "true" ? next : undefined;
  }
}
