// Stands in for "style-mod", with which CodeMirror puts its rules into a document: as <style> elements, which our content policy forbids.
// Here they go into a constructed style sheet, which it allows. package.json names this file as the alias.
import { StyleModule } from "../node_modules/style-mod/src/style-mod.js";

const mounted = new WeakMap();

StyleModule.mount = (root, modules) => {
  if (!mounted.has(root)) {
    mounted.set(root, { sheet: new CSSStyleSheet(), modules: [] });
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, mounted.get(root).sheet];
  }
  const here = mounted.get(root);
  const wanted = [modules].flat();
  if (wanted.some(module => !here.modules.includes(module))) {
    // A module that comes later in the list wins over an earlier one.
    here.modules = [...here.modules.filter(module => !wanted.includes(module)), ...wanted];
    here.sheet.replaceSync(here.modules.map(module => module.getRules()).join("\n"));
  }
};

export { StyleModule };
