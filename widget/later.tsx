/** What is loaded once somebody begins to answer: satisfaction, comment, thanks. */
export { texts } from "#texts/later";
export { groupOf } from "./group.ts";
export { linger } from "./linger.ts";
export { Comment } from "./ui/comment.tsx";
export { glyphs } from "./ui/glyphs.tsx";
export { default as css } from "./ui/later.css?inline";
export { Link } from "./ui/link.tsx";
export { Row } from "./ui/row.tsx";
