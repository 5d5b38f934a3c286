// Runs before the first paint, so that a dark screen never flashes white. A file and not an inline script,
// because the content security policy allows scripts from this address only.
(() => {
  const chosen = window.localStorage.getItem("corridor-colour-scheme");
  const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = chosen === "light" || chosen === "dark" ? chosen : systemIsDark ? "dark" : "light";
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
