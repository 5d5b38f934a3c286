import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fairSettings, type ImageServer } from "./servers.ts";

export interface Sent {
  readonly objects: number;
  readonly bytes: number;
  readonly seconds: number;
}

interface Manner {
  /** With Nagle's algorithm off. */
  readonly isFair?: boolean;
  /** Under UIDs of the moment, so that the same can be sent again and is new. */
  readonly isInvented?: boolean;
}

/** Sends each folder on an association of its own, all at once, with DCMTK's sender. */
export async function sendFolders(server: ImageServer, folders: readonly string[], manner: Manner = {}): Promise<Sent> {
  const started = performance.now();
  await Promise.all(folders.map((folder) => storescu(server, folder, manner)));
  const seconds = (performance.now() - started) / 1000;
  const files = folders.flatMap((folder) => filesIn(folder));
  return { objects: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), seconds };
}

async function storescu(
  server: ImageServer,
  folder: string,
  { isFair = true, isInvented = false }: Manner,
): Promise<void> {
  const invented = isInvented ? ["+II"] : [];
  const called = ["-aet", "BENCH", "-aec", server.aeTitle];
  const words = [...called, ...invented, "+sd", "+r", "127.0.0.1", String(server.dimsePort), folder];
  const env = isFair ? { ...process.env, ...fairSettings } : process.env;
  const child = spawn("storescu", words, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (bytes) => {
    said = `${said}${bytes}`.slice(-2_000);
  });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`storescu to ${server.aeTitle} ended with ${code}: ${said}`);
}

export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Stores objects over the web, one a request, so many requests at once. */
export async function stow({ web }: ImageServer, folder: string, atOnce: number): Promise<Sent> {
  if (web === undefined) throw new Error("it has no door over the web");
  const files = filesIn(folder).map((file) => readFileSync(file));
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = next; at < files.length; at = next) {
        next += 1;
        const parts = [Buffer.from("--part\r\nContent-Type: application/dicom\r\n\r\n"), files[at] as Buffer];
        const answer = await fetch(`${web.root}/studies`, {
          method: "POST",
          headers: { ...web.headers, "content-type": 'multipart/related; type="application/dicom"; boundary=part' },
          body: Buffer.concat([...parts, Buffer.from("\r\n--part--\r\n")]),
        });
        if (!answer.ok) throw new Error(`storing was answered ${answer.status}`);
        await answer.arrayBuffer();
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { objects: files.length, bytes: files.reduce((sum, { length }) => sum + length, 0), seconds };
}
