import type { Context } from "#access";
import type { HttpReply, HttpRequest, Result, Route } from "#kernel";
import { capabilities } from "./capabilities.ts";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { metadata } from "./metadata.ts";
import { MetadataCache } from "./metadata-cache.ts";
import { retrieve } from "./retrieve.ts";
import { count, type SearchLevel, search } from "./search.ts";
import { store } from "./store.ts";

type Handler = (request: HttpRequest, context: Context) => Promise<Result<HttpReply>>;

const study = "/studies/:study";
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;

/** Where each search is, and what it finds. Source: PS3.18 Table 10.6.1-1. */
const searches: readonly (readonly [string, SearchLevel, string])[] = [
  ["/studies", "study", "Search for studies"],
  ["/series", "series", "Search for series"],
  ["/instances", "instance", "Search for objects"],
  [`${study}/series`, "series", "Search for series of a study"],
  [`${study}/instances`, "instance", "Search for objects of a study"],
  [`${series}/instances`, "instance", "Search for objects of a series"],
];

const retrieved: readonly (readonly [string, string])[] = [
  [study, "a study"],
  [series, "a series"],
  [instance, "an object"],
];

/** Every route under `/dicomweb`. What somebody may see of it is decided by the images they are given. */
export function dicomwebRoutes(needs: DicomwebNeeds): readonly Route<Context>[] {
  const cache = new MetadataCache();
  const routes: readonly Route<Context>[] = [
    ...searches.flatMap(([path, level, summary]) => [
      get(path, summary, (request, context) => search(level, request, context)),
      get(`${path}/count`, `${summary}: how many there are`, (request, context) => count(level, request, context)),
    ]),
    ...retrieved.map(([path, what]) =>
      get(path, `Retrieve ${what}`, (request, context) => retrieve(needs, request, context)),
    ),
    ...retrieved.map(([path, what]) =>
      get(`${path}/metadata`, `Retrieve the metadata of ${what}`, (request, context) =>
        metadata(cache, request, context),
      ),
    ),
    { ...post("/studies", "Store objects", store), streams: true },
    { ...post(study, "Store objects of one study", store), streams: true },
  ];
  return [...routes, ...capabilities(routes)];
}

function get(path: string, summary: string, handle: Handler): Route<Context> {
  return { method: "GET", path: `/dicomweb${path}`, policy: "signed-in", summary, handle };
}

function post(path: string, summary: string, handle: Handler): Route<Context> {
  return { method: "POST", path: `/dicomweb${path}`, policy: "signed-in", summary, handle };
}
