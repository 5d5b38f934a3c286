import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { imageRouteBody } from "../../api/image-routing.ts";
import { type RoutedStudy, whyNotRouted } from "./image-route.ts";

const study: RoutedStudy = {
  sources: ["CT1"],
  modalities: ["CT", "SR"],
  bodyParts: ["CHEST"],
  description: "CT Thorax with contrast",
  clock: "22:15",
};

function rule(more: object) {
  return imageRouteBody.parse({ to: ["reporting"], ...more });
}

describe("A study goes by a rule", () => {
  const goes: readonly (readonly [string, object])[] = [
    ["that asks for nothing", {}],
    ["that asks for one of its modalities, in any case", { modalities: ["mr", "ct"] }],
    [
      "that asks for its sender, its body part and a part of its description",
      { sources: ["CT1"], bodyParts: ["Chest"], descriptions: ["thorax"] },
    ],
    ["that holds over midnight", { hours: { from: "18:00", to: "07:30" } }],
  ];
  for (const [what, more] of goes) it(what, () => assert.equal(whyNotRouted(rule(more), study), undefined));

  const stays: readonly (readonly [string, object, RegExp])[] = [
    ["that is off", { isOn: false }, /switched off/],
    ["of another sender", { sources: ["MR1"] }, /came from CT1, not from MR1/],
    ["of another modality", { modalities: ["MR"] }, /CT, SR, not MR/],
    ["of another body part", { bodyParts: ["KNEE"] }, /CHEST, not KNEE/],
    ["of another description", { descriptions: ["abdomen"] }, /none of abdomen/],
    ["at another hour", { hours: { from: "08:00", to: "17:00" } }, /22:15.*08:00 to 17:00/],
  ];
  for (const [what, more, reason] of stays) {
    it(`not one ${what}, and it is said why`, () => assert.match(whyNotRouted(rule(more), study) ?? "", reason));
  }
});
