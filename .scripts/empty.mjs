// Stands in for packages that the program never uses (see build.mjs).
export default {};
