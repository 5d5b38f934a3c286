import type { ImageIndex } from "#imaging";
import type { Database } from "../database.ts";
import type { ReadNeeds } from "../read.ts";
import { addObjects } from "./add.ts";
import { addCheck, lastCheck, noteRefusal, readArrivals } from "./arrivals.ts";
import { countImages, findImages } from "./find.ts";
import { hide, readHidden } from "./hidden.ts";
import { readInstances } from "./instances.ts";
import {
  addTwin,
  changedStudies,
  namedBlobs,
  overlay,
  readTwins,
  relateStudy,
  remove,
  removeTwin,
  statistics,
} from "./keeping.ts";
import { replaceObject } from "./replace.ts";
import { scopeText } from "./scope.ts";

export interface ImageIndexNeeds extends ReadNeeds {
  /** For searches, each planned for what it asks and ended when it takes too long. */
  readonly searchers: Database;
}

export function imageIndex({ database, searchers, kinds }: ImageIndexNeeds): ImageIndex {
  const reading = { database, kinds };
  return {
    add: (objects, ready) => addObjects(database, objects, ready),
    find: async (query, scope) => findImages(searchers, query, await scopeText(reading, scope)),
    count: async (query, scope) => countImages(searchers, query, await scopeText(reading, scope)),
    // Objects of what is named: one plan is the best for all.
    instances: async (question, scope) => readInstances(database, question, await scopeText(reading, scope)),
    named: (blobs) => namedBlobs(database, blobs),
    twins: (limit) => readTwins(database, limit),
    addTwin: (twin) => addTwin(database, twin),
    removeTwin: (twin) => removeTwin(database, twin),
    changed: changedStudies(database),
    relate: (study, relation) => relateStudy(database, study, relation),
    overlay: (address, edit) => overlay(database, address, edit),
    hide: (address, code) => hide(database, address, code),
    hidden: (limit, study) => readHidden(database, limit, study),
    replace: (object, twin) => replaceObject(database, object, twin),
    arrivals: (since) => readArrivals(searchers, since),
    noteRefusal: (refusal) => noteRefusal(database, refusal),
    addCheck: (check) => addCheck(database, check),
    lastCheck: () => lastCheck(database),
    remove: (address) => remove(database, address),
    statistics: () => statistics(database),
  };
}
