// A model diff, item by item, in the order of the file. What fails because a later item makes what it needs
// is tried again.
#include "compiler/analyze/revision.h"

#include <algorithm>
#include <deque>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/analyze/analyze.h"
#include "compiler/analyze/builder.h"
#include "compiler/analyze/objects.h"
#include "compiler/analyze/rows.h"
#include "compiler/analyze/targets.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/overloaded.h"
#include "schema/hazards.h"

namespace schemac {
namespace analyze {
namespace {

using Work = std::function<void()>;

class RevisionRunner {
 public:
  RevisionRunner(Context& context, const ast::File& file, std::set<std::string>& allowed)
      : context_(context), file_(file), allowed_(allowed) {}

  void Run() {
    for (const ast::DiffItem& item : file_.changes) {
      if (!std::holds_alternative<ast::AddItem>(item)) AddBatch();
      std::visit([&](const auto& each) { Take(each); }, item);
      context_.type_cache.clear();
    }
    AddBatch();
    TryWaiting();
    for (const Work& work : waiting_) work();
    CheckNothingDangles(context_);
  }

 private:
  void Take(const ast::AddItem& add) { batch_.push_back({&add.item, where_.schema}); }

  void Take(const ast::DropItem& drop) {
    Try([this, &drop, where = where_] { DropTarget(context_, drop, where); });
  }

  void Take(const ast::RenameItem& rename) {
    Try([this, &rename, where = where_] { RenameTarget(context_, rename, where); });
  }

  void Take(const ast::ReplaceItem& replace) {
    Try([this, &replace, where = where_] { ReplaceItem(context_, replace.item, where, replace.span); });
  }

  void Take(const ast::AlterTable& alter) {
    for (const ast::TableAction& action : alter.actions) {
      Try([this, &alter, &action, where = where_] {
        const WithoutDefaultPrivileges hidden(context_.catalog);
        RunTableAction(context_, alter, action, where);
      });
    }
  }

  void Take(const ast::AlterEnum& alter) {
    for (std::size_t i = 0; i < alter.actions.size(); ++i) {
      Try([this, &alter, i, where = where_] { AlterEnumLabels(context_, alter, i, where); });
    }
  }

  void Take(const ast::AlterObject& alter) {
    for (const auto& each : alter.actions) {
      std::visit(Overloaded{
                     [&](const ast::AlterAction& action) {
                       Try([this, &alter, &action, where = where_] {
                         AlterTarget(context_, alter.target, action, where);
                       });
                     },
                     [&](const ast::SetComment& comment) {
                       Try([this, &alter, &comment, where = where_] {
                         CommentOn(context_, alter.target, comment, where);
                       });
                     },
                 },
                 each);
    }
  }

  // Data steps keep the order of the file, so they are not tried again.
  void Take(const ast::Backfill& backfill) { AddBackfill(context_, backfill, where_); }
  void Take(const ast::SqlBlock& block) { AddSqlBlock(context_, block, where_); }

  void Take(const ast::Allow& allow) {
    const std::vector<std::string>& names = schema::HazardNames();
    for (const ast::Name& hazard : allow.hazards) {
      if (std::find(names.begin(), names.end(), hazard.text) == names.end()) {
        const std::string nearest = Nearest(hazard.text, names);
        context_.Report(Diagnostic(DiagnosticKind::UnknownName, hazard.span,
                                   fmt::format("no hazard is called {}", Quoted(hazard.text)))
                            .Fix(nearest.empty() ? fmt::format("one of {}", fmt::join(names, ", "))
                                                 : fmt::format("write {}", nearest)));
        continue;
      }
      allowed_.insert(hazard.text);
    }
  }

  void Take(const ast::SeedChange& change) {
    switch (change.kind) {
      case ast::SeedChange::Kind::Add:
        Try([this, &change, where = where_] { AddSeed(context_, change.seed, where); });
        return;
      case ast::SeedChange::Kind::Drop:
        Try([this, &change, where = where_] { RemoveSeed(context_, change.seed, where); });
        return;
      case ast::SeedChange::Kind::Replace:
        Try([this, &change, where = where_] { ReplaceSeed(context_, change.seed, where); });
        return;
    }
  }

  void Take(const ast::SchemaDirective& directive) {
    CreateSchema(context_, directive);
    where_ = MakeNamespace(directive.name.text);
  }

  // Neighbouring `add` items may mention each other in any order.
  void AddBatch() {
    if (batch_.empty()) return;
    TryWaiting();
    const std::vector<PlacedItem> items = std::exchange(batch_, {});
    BuildItems(context_, items);
  }

  void Try(const Work& work) {
    if (context_.Succeeds(work)) return;
    waiting_.push_back(work);
  }

  void TryWaiting() {
    for (bool progress = true; progress && !waiting_.empty();) {
      std::vector<Work> failed;
      for (const Work& work : waiting_) {
        context_.type_cache.clear();
        if (!context_.Succeeds(work)) failed.push_back(work);
      }
      progress = failed.size() < waiting_.size();
      waiting_ = std::move(failed);
    }
  }

  Context& context_;
  const ast::File& file_;
  std::set<std::string>& allowed_;
  Namespace where_;
  std::vector<PlacedItem> batch_;
  std::vector<Work> waiting_;
};

}  // namespace
}  // namespace analyze

RevisionEffect AnalyzeRevision(const ast::File& file, schema::Catalog before, const Sources& sources,
                               DiagnosticSink& sink, const AnalyzeOptions& options) {
  RevisionEffect effect;
  effect.after = std::move(before);
  analyze::Context context(effect.after, effect.intent, sources, sink, options.owner);
  analyze::RevisionRunner(context, file, effect.allowed).Run();
  sql::LinkNames(effect.after);
  return effect;
}

}  // namespace schemac
