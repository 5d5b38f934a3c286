/**
 * What a narrative may be made of. Source: FHIR R4 §2.11.0.1: the basic formatting of chapters 7 to 11 (without section 4 of
 * chapter 9) and 15 of HTML 4.0, `a` with name or href, images, and style.
 */
export const elementsAllowed: ReadonlySet<string> = new Set(
  (
    "p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr ul ol li dl dt dd " +
    "address pre table caption colgroup col thead tr tfoot tbody th td code samp img map area sub sup bdo ins del kbd strike s u " +
    "font center"
  ).split(" "),
);

/** Attributes by element; `*` for all. */
export const attributesAllowed: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    "*": "title style class id lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan",
    a: "name href type rel rev charset hreflang target coords shape",
    img: "src alt height longdesc usemap ismap border hspace vspace",
    table: "summary border frame rules cellpadding cellspacing bgcolor",
    tr: "bgcolor",
    td: "bgcolor height nowrap",
    th: "bgcolor height nowrap",
    map: "name",
    area: "shape coords href nohref alt",
    q: "cite",
    blockquote: "cite",
    ins: "cite datetime",
    del: "cite datetime",
    ol: "type start compact",
    ul: "type compact",
    li: "type value",
    hr: "noshade size",
    br: "clear",
    font: "color face size",
  }).map(([element, names]) => [element, new Set(names.split(" "))]),
);

/** The five of XML, as JSON is also to be had as XML. Source: FHIR R4 §2.11.0.1 (HTML entities are not XML). */
export const entitiesAllowed: ReadonlySet<string> = new Set(["amp", "lt", "gt", "quot", "apos"]);
