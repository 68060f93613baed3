"""What the content security policy must know of the pages' styles."""

WAVESURFER_STYLE = "'sha256-Txpp2hh5OoXvJGhUxJbFyEnnoWJBIRJRY/mg0M3HqKc='"
# wavesurfer writes this one text into a <style> of its own, with the height that wave.js makes it with. A hash lets in
# this text and no other, so the policy needs no `unsafe-inline`; a test computes it from the vendored file.
