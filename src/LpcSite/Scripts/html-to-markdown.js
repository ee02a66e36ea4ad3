// Pasted HTML as Markdown: what word processors, wikis and mail clients put on the clipboard, without their looks.

const skipped = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "META", "LINK", "TITLE"]);
const blocks = new Set(["P", "DIV", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "PRE", "BLOCKQUOTE", "TABLE", "TR", "BODY", "DL", "DT", "DD", "HR"]);

/** @returns {string} the same content as Markdown */
export function toMarkdown(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return flow(body).join("\n\n").replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}

/** Bullets that a word processor wrote as signs become list items. */
export const bullets = text => text.replace(/^([ \t]*)[•◦▪‣●∙·][ \t]*/gm, "$1- ");

// A container's content as paragraphs: neighbours that are not blocks make one together.
function flow(parent) {
  const parts = [];
  let inline = "";
  const end = () => {
    const text = bullets(tidy(inline));
    if (text) parts.push(text);
    inline = "";
  };
  for (const node of parent.childNodes) {
    if (!isBlock(node)) {
      inline += words(node);
      continue;
    }
    end();
    const text = block(node);
    if (text) parts.push(text);
  }
  end();
  return parts;
}

// Some programs wrap everything in one <b> or <span>; what holds blocks is a block.
const isBlock = node => node.nodeType === Node.ELEMENT_NODE && !skipped.has(node.nodeName)
  && (blocks.has(node.nodeName) || [...node.children].some(isBlock));

function block(node) {
  switch (node.nodeName) {
    case "H1": case "H2": case "H3": case "H4": case "H5": case "H6":
      return `${"#".repeat(Math.max(2, Number(node.nodeName[1])))} ${tidy(inside(node)).replace(/\s*\n\s*/g, " ")}`;
    case "UL": case "OL": return list(node);
    case "PRE": return `\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\``;
    case "BLOCKQUOTE": return flow(node).join("\n\n").replace(/^/gm, "> ");
    case "HR": return "---";
    default: return flow(node).join("\n\n");
  }
}

function list(node) {
  let number = node.nodeName === "OL" ? node.start : 0;
  const items = [];
  for (const child of node.children) {
    if (child.nodeName === "UL" || child.nodeName === "OL") {
      // Not allowed in HTML, and written by many programs: a list between the items belongs to the item before.
      items.push(list(child).replace(/^/gm, "  "));
    } else {
      const mark = number ? `${number++}. ` : "- ";
      const text = flow(child).join("\n");
      if (text) items.push(mark + text.replace(/\n/g, `\n${" ".repeat(mark.length)}`));
    }
  }
  return items.join("\n");
}

const inside = node => [...node.childNodes].map(words).join("");
const tidy = text => text.replace(/[ \t]*\n[ \t]*/g, "\n").trim();

// A mark must touch its words: **bold **text is not bold.
function marked(mark, text) {
  const [, before, core, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  return core ? before + mark + core + mark + after : text;
}

function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, " ").replace(/([\\`*_[\]<])/g, "\\$1");
  if (node.nodeType !== Node.ELEMENT_NODE || skipped.has(node.nodeName)) return "";
  const { fontWeight, fontStyle } = node.style;
  switch (node.nodeName) {
    case "BR": return "\n";
    case "CODE": case "TT": case "KBD": case "SAMP": return code(node.textContent);
    case "A": return anchor(node);
    // Google Docs wraps its text in <b style="font-weight:normal">.
    case "B": case "STRONG": return fontWeight === "normal" ? inside(node) : marked("**", inside(node));
    case "I": case "EM": return fontStyle === "normal" ? inside(node) : marked("*", inside(node));
    case "SPAN": {
      const text = fontStyle === "italic" ? marked("*", inside(node)) : inside(node);
      return fontWeight === "bold" || Number(fontWeight) >= 600 ? marked("**", text) : text;
    }
    default: return inside(node);
  }
}

function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  const space = text.includes("`") ? " " : "";
  return text.trim() ? fence + space + text.replace(/\s+/g, " ") + space + fence : text;
}

function anchor(node) {
  const text = inside(node);
  const href = node.getAttribute("href") ?? "";
  if (!/^(https?:|mailto:)/i.test(href) || !text.trim()) return text;
  if (node.textContent.trim() === href) return href;
  return marked("", text).replace(/^(\s*)([\s\S]*?)(\s*)$/, (_, before, core, after) => `${before}[${core}](${href.replace(/[()\s]/g, encodeURIComponent).replace(/\(/g, "%28").replace(/\)/g, "%29")})${after}`);
}
