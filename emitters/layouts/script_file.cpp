#include "emitters/layouts/script_file.h"

#include <array>
#include <cstdint>

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac::emitters {
namespace {

// FNV-1a, 64 bits (draft-eastlake-fnv): guards against accidents, not against forgers.
class Hash {
 public:
  void Add(std::string_view bytes) {
    for (const char c : bytes) {
      value_ ^= static_cast<unsigned char>(c);
      value_ *= 0x100000001b3ULL;
    }
  }
  [[nodiscard]] std::string Hex() const {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4)
      text += kDigits[(value_ >> static_cast<unsigned>(shift)) & 0xFU];
    return text;
  }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

// The statement's tokens with single blanks where there were blanks or comments.
void AddStatement(std::string_view sql, Hash& hash) {
  bool blank = false;
  bool any = false;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = TokenEnd(sql, at);
    const std::string_view token = sql.substr(at, end - at);
    at = end;
    if (IsBlank(token.front()) || token.starts_with("--") || token.starts_with("/*")) {
      blank = true;
      continue;
    }
    if (blank && any) hash.Add(" ");
    hash.Add(token);
    blank = false;
    any = true;
  }
  if (any) hash.Add(";");
}

void AppendSql(std::string_view sql, std::string& out) {
  out += sql;
  if (EndsInLineComment(sql)) out += '\n';
  out += ";\n";
}

// A blank line parts groups, and stands before what has a comment.
void AppendStatements(const Batch& batch, std::string& out) {
  const std::string* group = nullptr;
  for (const Statement& statement : batch.statements) {
    if (group == nullptr || *group != statement.group || !statement.comment.empty()) out += '\n';
    group = &statement.group;
    out += CommentLines(statement.comment);
    if (!statement.sql.empty()) AppendSql(statement.sql, out);
  }
}

void AppendBegin(const ScriptOptions& options, std::string& out) {
  out += "\nBEGIN;\n";
  if (!options.lock_timeout.empty())
    out += "SET LOCAL lock_timeout = " + QuoteLiteral(options.lock_timeout) + ";\n";
}

class FileWriter {
 public:
  FileWriter(const Script& script, const plan::Plan& plan, const ScriptOptions& options)
      : script_(script), options_(options), out_(ScriptHeader(plan, options)) {
    if (options.ledger) ledger_.emplace(*options.ledger, options.ledger_table, plan);
  }

  std::string Run() {
    for (std::size_t i = 0; i < script_.size(); ++i) {
      if (script_.size() > 1) {
        out_ +=
            "\n" + CommentLines(
                       "part " + std::to_string(i + 1) + " of " + std::to_string(script_.size()) +
                       (script_[i].transaction ? "" : ": outside a transaction, where PostgreSQL wants it"));
      }
      if (script_[i].transaction) {
        WriteTransaction(i);
      } else {
        WriteAlone(i);
      }
    }
    if (ledger_ && !closed_) WriteClosing();
    return out_;
  }

 private:
  // The table is made before the first guard looks into it.
  void WriteGuard(std::size_t batch) {
    if (!ledger_) return;
    if (!opened_ && ledger_->CreatesTable()) AppendSql("\n" + ledger_->CreateTable(), out_);
    opened_ = true;
    AppendSql("\n" + ledger_->Guard(batch), out_);
  }

  void WriteClose() {
    out_ += '\n';
    for (const std::string& statement : ledger_->Close()) AppendSql(statement, out_);
    closed_ = true;
  }

  void WriteTransaction(std::size_t batch) {
    AppendBegin(options_, out_);
    WriteGuard(batch);
    AppendStatements(script_[batch], out_);
    if (ledger_) {
      if (batch + 1 == script_.size()) {
        WriteClose();
      } else if (ledger_->IsMarked(batch)) {
        AppendSql("\n" + ledger_->Mark(batch), out_);
      }
    }
    out_ += "COMMIT;\n";
  }

  void WriteAlone(std::size_t batch) {
    WriteGuard(batch);
    AppendStatements(script_[batch], out_);
  }

  // The books are closed in a transaction of their own when the last batch is none, or there is no batch at
  // all.
  void WriteClosing() {
    AppendBegin(options_, out_);
    WriteGuard(script_.size());
    WriteClose();
    out_ += "COMMIT;\n";
  }

  const Script& script_;
  const ScriptOptions& options_;
  std::string out_;
  std::optional<Ledger> ledger_;
  bool opened_ = false;
  bool closed_ = false;
};

}  // namespace

std::string WriteScript(const Script& script, const plan::Plan& plan, const ScriptOptions& options) {
  return FileWriter(script, plan, options).Run();
}

std::string ChecksumOf(const Script& script) {
  Hash hash;
  for (const Batch& batch : script) {
    hash.Add(batch.transaction ? "transaction" : "alone");
    for (const Statement& statement : batch.statements) AddStatement(statement.sql, hash);
  }
  return hash.Hex();
}

}  // namespace schemac::emitters
