import type { Keyed } from "./project.ts";

/** Nobody is called so: a stone and a bird, the bird behind ZZZ. */
const stones =
  "Agate Basalt Chalk Dolerite Emerald Flint Gneiss Granite Gypsum Jasper Limestone Marble Mica Obsidian Onyx Opal Porphyry Pumice Quartz Rhyolite Sandstone Schist Shale Slate Spinel Talc Topaz Tuff Turquoise Zircon".split(
    " ",
  );
const birds =
  "Avocet Bittern Bunting Chough Cormorant Curlew Dipper Dunlin Dunnock Egret Fieldfare Firecrest Gannet Godwit Goldcrest Goosander Grebe Guillemot Harrier Heron Kestrel Kittiwake Knot Lapwing Linnet Nightjar Nuthatch Osprey Petrel Pipit Plover Pochard Redshank Redstart Sanderling Shearwater Shrike Siskin Skua Teal Turnstone Twite Wheatear Whimbrel Whinchat Wigeon".split(
    " ",
  );

export interface MadeUpName {
  readonly family: string;
  readonly given: string;
}

/** The same for the same family and first given name, however they are written. */
export function madeUpName(keyed: Keyed, family: string, given: string): MadeUpName {
  const key = `${plain(family)}|${plain(given)}`;
  return {
    family: `ZZZ${birds[keyed.choice("family", key, birds.length)]}`,
    given: stones[keyed.choice("given", key, stones.length)] ?? "",
  };
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();
}

/** A telephone number of the range kept for drama. Source: Ofcom, numbers for use in TV and radio drama. */
export function madeUpTelephone(keyed: Keyed, text: string): string {
  return `01632 960${String(keyed.choice("telephone", text, 1_000)).padStart(3, "0")}`;
}
