#include "emitters/layouts/script_file.h"

#include <algorithm>

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac::emitters {
namespace {

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
    if (!opened_ && ledger_->CreatesTable()) {
      for (const std::string& table : ledger_->CreateTables()) AppendSql("\n" + table, out_);
    }
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

  // What works in rounds leaves its mark itself: a client that goes on after an error must not leave it.
  void WriteAlone(std::size_t batch) {
    WriteGuard(batch);
    Batch alone = script_[batch];
    for (Statement& statement : alone.statements) {
      if (!statement.block) continue;
      const bool marked = ledger_ && ledger_->IsMarked(batch);
      statement.sql = BlockText(*statement.block, RoundTimeout(options_.lock_timeout),
                                marked ? "    " + ledger_->Mark(batch) + ";\n" : "");
    }
    AppendStatements(alone, out_);
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

std::string WriteStatements(const Script& script) {
  std::string out;
  for (const Batch& batch : script) AppendStatements(batch, out);
  return out.substr(std::min(out.find_first_not_of('\n'), out.size()));
}

}  // namespace schemac::emitters
