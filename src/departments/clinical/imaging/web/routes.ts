import type { Context } from "#access";
import type { HttpReply, HttpRequest, Result, Route } from "#kernel";
import { bulkData } from "./bulk-data.ts";
import { capabilities } from "./capabilities.ts";
import { commitStorage } from "./commitment.ts";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { frames, pixelData } from "./frames.ts";
import { metadata } from "./metadata.ts";
import { MetadataCache } from "./metadata-cache.ts";
import { rendered } from "./rendered.ts";
import { retrieve } from "./retrieve.ts";
import { count, type SearchLevel, search } from "./search.ts";
import { store } from "./store.ts";
import { thumbnail } from "./thumbnail.ts";
import { byUri } from "./uri.ts";
import { workitemRoutes } from "./workitems/workitem-routes.ts";

// from "./store.ts";

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
    ...retrieved.flatMap(([path, what]) => [
      get(`${path}/rendered`, `Pictures of ${what}`, (request, context) => rendered(needs, request, context)),
      get(`${path}/thumbnail`, `A small picture of ${what}`, (request, context) => thumbnail(needs, request, context)),
    ]),
    ...frameRoutes(needs),
    ...bulkPaths.map((path) =>
      get(`${instance}/bulk/${path}`, "Retrieve a value that metadata name by its address", (request, context) =>
        bulkData(needs, request, context),
      ),
    ),
    get("", "Retrieve an object by its UIDs in the query (WADO-URI)", (request, context) =>
      byUri(needs, request, context),
    ),
    get("/wado", "The same (WADO-URI)", (request, context) => byUri(needs, request, context)),
    post("/commitment-requests/:transaction", "Ask whether objects are kept", commitStorage),
    ...workitemRoutes,
    { ...post("/studies", "Store objects", store), streams: true },
    { ...post(study, "Store objects of one study", store), streams: true },
  ];
  return [...routes, ...capabilities(routes)];
}

/** A value within as many sequences as hold large ones. */
const bulkPaths = [
  ":tag",
  ":tag/:item1/:tag1",
  ":tag/:item1/:tag1/:item2/:tag2",
  ":tag/:item1/:tag1/:item2/:tag2/:item3/:tag3",
];

function frameRoutes(needs: DicomwebNeeds): readonly Route<Context>[] {
  return [
    get(`${instance}/frames/:frames`, "Retrieve frames", (request, context) => frames(needs, request, context)),
    get(`${instance}/frames/:frames/rendered`, "Pictures of frames", (request, context) =>
      rendered(needs, request, context),
    ),
    get(`${instance}/frames/:frames/thumbnail`, "A small picture of a frame", (request, context) =>
      thumbnail(needs, request, context),
    ),
    get(`${instance}/pixeldata`, "Retrieve all frames of an object", (request, context) =>
      pixelData(needs, request, context),
    ),
  ];
}

function get(path: string, summary: string, handle: Handler): Route<Context> {
  return { method: "GET", path: `/dicomweb${path}`, policy: "signed-in", summary, handle };
}

function post(path: string, summary: string, handle: Handler): Route<Context> {
  return { method: "POST", path: `/dicomweb${path}`, policy: "signed-in", summary, handle };
}
