#include "compiler/parse/model_reader.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "compiler/parse/builder.h"
#include "compiler/parse/plain_item.h"
#include "compiler/parse/shared_items.h"
#include "compiler/parse/source_check.h"
#include "compiler/parse/syntax_tree.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

class FileReader {
 public:
  FileReader(SourceId source, const Sources& sources, const ReadOptions& options)
      : source_(source),
        sources_(sources),
        text_(sources.Get(source).text),
        options_(options),
        scanner_(text_, options.begin),
        at_(options.begin) {
    const ast::File* beside = options.beside;
    if (beside != nullptr && !beside->ends.empty())
      shared_.emplace(*beside, sources.Get(beside->source).text);
  }

  std::optional<ItemsRead> Read(DiagnosticSink& sink) {
    if (WhatIsWrongWith(source_, text_, options_.begin, options_.end)) return std::nullopt;
    ItemsRead read;
    read.file.source = source_;
    if (options_.begin == 0 && !ReadHeader(read.file)) return std::nullopt;
    while (true) {
      if (Share(read.file)) continue;
      if (!ScanItem()) return std::nullopt;
      read.next = IsAtEnd() ? text_.size() : BeginOfItem();
      if (IsAtEnd() || read.next >= options_.end) break;
      if (!(read.file.revision ? AppendChange(read.file) : AppendItem(read.file))) return std::nullopt;
    }
    if (IsAtEnd()) stray_.insert(stray_.end(), documentation_.begin(), documentation_.end());
    ReportStrayDocumentation(stray_, found_);
    for (const Diagnostic& diagnostic : found_.diagnostics()) sink.Report(diagnostic);
    return read;
  }

 private:
  // ---- Lexemes

  // Those of the next item, or EOF alone, and EOF behind them. An item ends at the first `;` or `}` that
  // stands outside of all bodies, if it is a plain one. False when there is one that the grammar's way would
  // refuse.
  bool ScanItem() {
    lexemes_.clear();
    documentation_.clear();
    return ScanOn();
  }
  bool ScanOn() {
    Depth depth;
    while (true) {
      const Lexeme lexeme = scanner_.Next();
      if (lexeme.type == SchemaParser::UNTERMINATED_QUOTE || !depth.Enter(lexeme.type)) return false;
      if (++tokens_ > TokenReader::kMostTokens) return false;
      if (lexeme.type == SchemaParser::DOCUMENTATION_LINE) documentation_.push_back(SpanOf(lexeme));
      if (lexeme.channel != Channel::Default) continue;
      lexemes_.push_back(lexeme);
      if (lexeme.type == antlr4::Token::EOF) return true;
      const bool may_end = lexeme.type == SchemaParser::SEMICOLON || lexeme.type == SchemaParser::RIGHT_BRACE;
      if (may_end && scanner_.IsOutside()) break;
    }
    // `}` may have a `;` of its own.
    Scanner ahead = scanner_;
    const Lexeme next = ahead.Next();
    if (lexemes_.back().type == SchemaParser::RIGHT_BRACE && next.type == SchemaParser::SEMICOLON) {
      lexemes_.push_back(next);
      scanner_ = ahead;
    }
    lexemes_.push_back({antlr4::Token::EOF, lexemes_.back().end, lexemes_.back().end, Channel::Default});
    return true;
  }
  // The type of the lexeme behind those that are scanned.
  [[nodiscard]] std::size_t NextType() const {
    Scanner ahead = scanner_;
    Lexeme next = ahead.Next();
    while (next.channel != Channel::Default) next = ahead.Next();
    return next.type;
  }
  [[nodiscard]] Span SpanOf(const Lexeme& lexeme) const {
    return {source_, static_cast<std::uint32_t>(lexeme.begin), static_cast<std::uint32_t>(lexeme.end)};
  }
  [[nodiscard]] bool IsAtEnd() const { return lexemes_.size() == 1; }
  // Its documentation belongs to it.
  [[nodiscard]] std::size_t BeginOfItem() const {
    return documentation_.empty() ? lexemes_.front().begin : documentation_.front().begin;
  }

  // ---- Items

  // `revision a; revises b; …`, if the file begins so.
  bool ReadHeader(ast::File& file) {
    if (NextType() != SchemaParser::REVISION) return true;
    if (!ScanItem()) return false;
    while (NextType() == SchemaParser::REVISES || NextType() == SchemaParser::MESSAGE ||
           NextType() == SchemaParser::PROFILE) {
      lexemes_.pop_back();
      if (!ScanOn()) return false;
    }
    file.revision = plain_.ReadRevision();
    at_ = lexemes_.back().begin;
    return file.revision && documentation_.empty();
  }

  bool Share(ast::File& file) {
    if (!shared_) return false;
    auto found = shared_->Take(text_.substr(at_));
    if (!found || at_ + found->length > options_.end) return false;
    at_ += found->length;
    scanner_ = Scanner(text_, at_);
    Add(file, std::move(found->item));
    return true;
  }

  void Add(ast::File& file, std::shared_ptr<const ast::Item> item) {
    file.items.push_back(std::move(item));
    file.ends.push_back(static_cast<std::uint32_t>(at_));
  }

  // Each takes what was scanned; false when something is wrong.
  bool AppendItem(ast::File& file) {
    auto item = ReadNode(&PlainItems::Read, &SyntaxTree::ReadItem, &Builder::BuildItem);
    if (!item) return false;
    if (shared_) shared_->PassOver(*item);
    Add(file, std::make_shared<ast::Item>(*std::move(item)));
    return true;
  }
  bool AppendChange(ast::File& file) {
    auto change = ReadNode(&PlainItems::ReadChange, &SyntaxTree::ReadDiffItem, &Builder::BuildDiffItem);
    if (!change) return false;
    file.changes.push_back(*std::move(change));
    return true;
  }

  template <typename Node, typename RuleContext>
  std::optional<Node> ReadNode(std::optional<Node> (PlainItems::*read_plain)(),
                               RuleContext* (SyntaxTree::*read)(),
                               std::optional<Node> (Builder::*build)(RuleContext&)) {
    std::optional<Node> node = (plain_.*read_plain)();
    // The grammar's way knows what documentation belongs to.
    if (node && documentation_.empty()) {
      at_ = lexemes_.back().begin;
    } else {
      node = ReadByRule(read, build);
    }
    return found_.HasErrors() ? std::nullopt : std::move(node);
  }

  template <typename Node, typename RuleContext>
  std::optional<Node> ReadByRule(RuleContext* (SyntaxTree::*read)(),
                                 std::optional<Node> (Builder::*build)(RuleContext&)) {
    SyntaxTree tree(source_, sources_, found_, at_);
    RuleContext* context = (tree.*read)();
    if (context == nullptr || found_.HasErrors()) return std::nullopt;
    Builder builder(tree.input(), tree.tokens(), found_);
    std::optional<Node> node = (builder.*build)(*context);
    at_ = tree.End();
    scanner_ = Scanner(text_, at_);
    const std::vector<Span> stray = builder.StrayDocumentation(at_);
    stray_.insert(stray_.end(), stray.begin(), stray.end());
    return node;
  }

  const SourceId source_;
  const Sources& sources_;
  const std::string_view text_;
  const ReadOptions options_;
  Scanner scanner_;
  std::size_t at_;               // The end of the last item.
  std::vector<Lexeme> lexemes_;  // Of the item that is read, those on the default channel.
  PlainItems plain_{source_, text_, lexemes_};
  std::vector<Span> documentation_;  // Before these lexemes and among them.
  std::vector<Span> stray_;
  std::size_t tokens_ = 0;
  std::optional<SharedItems> shared_;
  DiagnosticSink found_;
};

}  // namespace

std::optional<ItemsRead> ReadItems(SourceId source, const Sources& sources, DiagnosticSink& sink,
                                   const ReadOptions& options) {
  return FileReader(source, sources, options).Read(sink);
}

ast::File ReadByGrammar(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  SyntaxTree tree(source, sources, sink);
  tree.ReadAll();
  ast::File file;
  file.source = source;
  if (tree.model() == nullptr && tree.model_diff() == nullptr) return file;
  Builder builder(tree.input(), tree.tokens(), sink);
  if (tree.model() != nullptr) builder.BuildModel(*tree.model(), file);
  if (tree.model_diff() != nullptr) builder.BuildModelDiff(*tree.model_diff(), file);
  ReportStrayDocumentation(builder.StrayDocumentation(tree.input().text.size()), sink);
  return file;
}

}  // namespace schemac::parse
