/** The nodes that the archive speaks with, over a real record. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, ok } from "#kernel";
import { aRequest } from "../../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../../test/handler-context.ts";
import { freshRecord } from "../../../../../test/record.ts";
import { dicomNodeDefinition } from "./dicom-node.ts";
import { NodeDirectory } from "./node-directory.ts";
import { nodeRoutes } from "./routes.ts";

describe("A DICOM node", async () => {
  const kept = await freshRecord({ kinds: [dicomNodeDefinition] });
  const context = contextOf(kept, anActor("pacs-administrator"));
  const directory = new NodeDirectory(kept.record, kept.clock);
  const seal = (node: string, secret: string) => `sealed for ${node}: ${secret.length}`;
  const echo = async () => ok({ answered: true, tookMs: 3 });
  const [list, keep, forget, ask] = nodeRoutes({ directory, ownAeTitle: "CORRIDOR", seal, echo });
  const put = (id: string, body: object) =>
    keep!.handle(aRequest({ params: { id }, body: new TextEncoder().encode(JSON.stringify(body)) }), context);
  const reason = async (id: string, body: object) => {
    const answer = await put(id, body);
    return answer.ok ? "" : answer.problems[0].code;
  };

  it("is known under its AE title at once, and forgotten at once", async () => {
    expectOk(await put("ct-1", { aeTitle: "CT1", host: "10.0.0.7", port: 104 }));
    const node = expectOk(await directory.named("CT1 "));
    assert.deepEqual([node.id, node.mayStore, node.mayFind, node.addresses], ["ct-1", true, false, []]);
    expectOk(await forget!.handle(aRequest({ params: { id: "ct-1" } }), context));
    assert.equal((await directory.named("CT1")).ok, false);
  });

  it("is listed with what Corridor is called, and asked whether it answers", async () => {
    expectOk(await put("ct-2", { aeTitle: "CT2", host: "10.0.0.8", port: 104 }));
    const page = JSON.parse(String(expectOk(await list!.handle(aRequest(), context)).body));
    assert.deepEqual([page.ownAeTitle, page.nodes[0].aeTitle], ["CORRIDOR", "CT2"]);
    const echoed = expectOk(await ask!.handle(aRequest({ params: { id: "ct-2" } }), context));
    assert.equal(JSON.parse(String(echoed.body)).answered, true);
    assert.equal((await ask!.handle(aRequest({ params: { id: "nowhere" } }), context)).ok, false);
  });

  it("that is sent to by the web keeps its secret sealed, for its own address alone, and shows it to nobody", async () => {
    const web = (url: string, more: object = {}) => put("web-1", { aeTitle: "WEB1", web: { url, ...more } });
    const sealed = async () => expectOk(await directory.named("WEB1")).web?.sealed;
    const shown = expectOk(await web("https://pacs.example/dicomweb", { user: "corridor", secret: "swordfish" }));
    assert.doesNotMatch(String(shown.body), /swordfish|sealed/);
    assert.deepEqual(JSON.parse(String(shown.body)).web.hasSecret, true);
    assert.equal(await sealed(), "sealed for web-1: 9");
    expectOk(await web("https://pacs.example/other", { user: "corridor" }));
    assert.equal(await sealed(), "sealed for web-1: 9");
    expectOk(await web("https://elsewhere.example/dicomweb", { user: "corridor" }));
    assert.equal(await sealed(), undefined);
  });

  const refused: readonly (readonly [string, string, object, string])[] = [
    ["with a name that is no name", "CT 3", { aeTitle: "CT3", host: "a", port: 104 }, "node-name-invalid"],
    ["with a host and no port", "ct-3", { aeTitle: "CT3", host: "a" }, "node-address-missing"],
    ["that is nowhere and may ask from nowhere", "ct-3", { aeTitle: "CT3" }, "node-address-missing"],
    ["with the AE title of another", "ct-3", { aeTitle: "CT2", host: "a", port: 104 }, "ae-title-taken"],
    ["with an AE title too long", "ct-3", { aeTitle: "A".repeat(17), host: "a", port: 104 }, "body-incorrect"],
  ];
  for (const [what, id, body, code] of refused) {
    it(`${what} is refused as ${code}`, async () => assert.equal(await reason(id, body), code));
  }
});
