/** What the server offers somebody in the navigation, the web app has a place for, and the other way round. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { personActor } from "./actor.ts";
import { navigationFor } from "./navigation.ts";
import { permissionNames } from "./permissions.ts";

test("every entry of the navigation has its place on the page, and every place its entry", async () => {
  const page = await readFile(join(import.meta.dirname, "../../web/shell/frame/navigation.tsx"), "utf8");
  const placed = [...page.matchAll(/\{ path: "([^"]+)"/g)].map(([, path]) => path);
  const anybody = personActor({ reference: "User/1", display: "", roles: [] });
  const offered = navigationFor({ ...anybody, permissions: new Set(permissionNames) }).map(({ path }) => path);
  assert.deepEqual(placed.toSorted(), offered.toSorted());
  assert.equal(new Set(placed).size, placed.length);
});
