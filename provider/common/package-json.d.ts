/** Of the sources it is read from the file; tools/package writes it into the published code. */
declare module "pulumi-video-analysis/package.json" {
  export const version: string;
}
