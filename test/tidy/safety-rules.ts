import type { SourceFile } from "./source-file.ts";
import { dottedName, type Node } from "./syntax.ts";

/** Who may start other programs: what is started is named by Corridor, never by a request. */
const startsPrograms = /^src\/(?:storage\/postgres\/embedded|app\/web-build|app\/cli)\//;

/** Who may ask other machines without a module of `links`. */
const fetches = /^(?:web\/|src\/app\/)/;

/** Who may make code of a text: of a word of its own, for which Node has no other way. */
const makesCode = "src/app/cli/start-memory.ts";

/** What a browser keeps after its page: where somebody was, and when; nothing of patients. */
const storesInBrowser = ["web/access/outside-sign-in.tsx", "web/shell/session/idle.ts", "web/shell/theme.ts"];

const turnsTextIntoPages = new Set(["dangerouslySetInnerHTML", "innerHTML", "outerHTML", "insertAdjacentHTML"]);

/**
 * What would turn texts into code, pages or commands, or send them out: none of it may be in the program.
 * Source: OWASP ASVS 4.0.3, 5.2.4, 5.3.3, 5.3.8, 8.2.2, 10.2.1.
 */
export function safetyFaults(file: SourceFile): readonly string[] {
  if (file.role !== "code") return [];
  const imported = file.imports.flatMap(({ specifier, offset }) => {
    if (specifier === "node:vm" && file.path !== makesCode)
      return [`${file.at(offset)} imports node:vm: code is not made from texts`];
    const isOthers = specifier === "node:child_process" && !startsPrograms.test(file.path);
    return isOthers ? [`${file.at(offset)} imports node:child_process: few start programs`] : [];
  });
  const said = file.nodes.flatMap((node) => {
    const fault = faultOf(file, node);
    return fault === undefined ? [] : [`${file.at(node.start)} ${fault}`];
  });
  return [...imported, ...said];
}

function faultOf(file: SourceFile, node: Node): string | undefined {
  if (node.type === "CallExpression") return callFault(file, dottedName(node.callee as Node) ?? "");
  if (node.type === "NewExpression" && dottedName(node.callee as Node) === "Function") return madeCode;
  const name = String((node as { readonly name?: unknown }).name ?? "");
  if (turnsTextIntoPages.has(name)) return `uses ${name}: texts are shown as texts`;
  const isStore = /^(?:localStorage|sessionStorage|indexedDB)$/.test(name);
  return isStore && !storesInBrowser.includes(file.path) ? `uses ${name}: nothing of patients stays there` : undefined;
}

const madeCode = "makes code from a text";

function callFault(file: SourceFile, callee: string): string | undefined {
  if (/^(?:globalThis\.|window\.)?(?:eval|Function)$/.test(callee)) return madeCode;
  if (callee === "document.write") return "uses document.write: texts are shown as texts";
  const isOutside = /^(?:globalThis\.)?fetch$/.test(callee) && !fetches.test(file.path);
  return isOutside ? "calls fetch: only links and app ask other machines" : undefined;
}
