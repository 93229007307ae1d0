// Types that follow from the declared flags, laid over commander for the compiler only: at
// run time the import is commander itself, and extra-typings stays a development dependency.

declare module "commander" {
  export * from "@commander-js/extra-typings";
}
