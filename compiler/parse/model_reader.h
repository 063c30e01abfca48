// A model or a model diff, item by item: the plain ones by hand (plain_item.h), the others by the grammar.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

// What of a source is read, and beside what.
struct ReadOptions {
  // Bytes. Items are read that begin in [begin, end); `begin` is outside of all items.
  std::size_t begin = 0;
  std::size_t end = std::numeric_limits<std::size_t>::max();
  // Items that stand there too, in the same words, are shared with it: their places are those in the other.
  // It was read without a diagnostic.
  const ast::File* beside = nullptr;
};

struct ItemsRead {
  ast::File file;
  std::size_t next = 0;  // Where the first item begins that was not read; the size of the text when all were.
};

// nullopt, and nothing reported, as soon as anything is wrong: then the grammar has to read the whole, for
// its errors are those to show.
std::optional<ItemsRead> ReadItems(SourceId source, const Sources& sources, DiagnosticSink& sink,
                                   const ReadOptions& options = {});

// The whole by the grammar alone.
ast::File ReadByGrammar(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac::parse
