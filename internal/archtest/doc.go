// Package archtest holds tests that keep the shape of the program: who may import whom, and how texts are written. It has no code of its own.
package archtest
