/**
 * Random tests draw the same cases for every mutant and in every pass, so that a score is a fact of the code and its
 * tests and not of the draw. What fails is not shrunk: a mutant is done with then.
 */
import fc from "fast-check"

fc.configureGlobal({ seed: 1, endOnFailure: true })
