/** A `.md` file is bundled as its text (the guides). */
declare module '*.md' {
  const text: string;
  export default text;
}
