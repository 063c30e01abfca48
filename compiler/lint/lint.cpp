#include "compiler/lint/lint.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/lint/suppress.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/quote.h"

namespace schemac::lint {
namespace {

bool IsOn(const Rule& rule, const Options& options) {
  if (options.disabled.contains(rule.id)) return false;
  return rule.by_default || options.enabled.contains(rule.id);
}

// One script's way past all rules.
class Judge {
 public:
  Judge(SourceId source, const Options& options) : source_(source) {
    for (const Rule* rule : Rules()) {
      if (IsOn(*rule, options)) rules_.push_back({rule, {}});
    }
  }

  void Look(const std::vector<sql::StatementDeeds>& script, const DeedsByRelation& by_relation,
            const sql::StatementDeeds& statement, const State& state) {
    for (const sql::Deed& deed : statement.deeds) {
      const Scene scene{script, by_relation, statement, deed, state};
      for (auto& [rule, report] : rules_) {
        if (rule->check != nullptr) rule->check(scene, report);
      }
    }
  }

  std::vector<Finding> Finish(const std::vector<sql::StatementDeeds>& script, const State& state) {
    std::vector<Finding> findings;
    for (auto& [rule, report] : rules_) {
      if (rule->finish != nullptr) rule->finish(script, state, report);
      for (const Report::Entry& entry : report.entries()) {
        const Span span{source_, static_cast<std::uint32_t>(entry.place.begin),
                        static_cast<std::uint32_t>(entry.place.end)};
        findings.push_back({rule->id, rule->severity, span, entry.message, rule->instead});
      }
    }
    return findings;
  }

 private:
  SourceId source_;
  std::vector<std::pair<const Rule*, Report>> rules_;
};

// Not every statement can be run: the catalog may not hold what it names. Then less is known of what follows.
void RunOn(schema::Catalog& catalog, std::string_view statement, const State& state) {
  sql::InterpretOptions options;
  options.search_path = state.search_path;
  static_cast<void>(sql::InterpretStatements(statement, catalog, options));
}

// A block changes what the statements inside of it change.
bool ChangesCatalog(const sql::StatementDeeds& statement) {
  return statement.control != sql::Control::Block &&
         std::any_of(statement.deeds.begin(), statement.deeds.end(), [](const sql::Deed& deed) {
           return deed.operation != facts::Operation::Session &&
                  !facts::FactsOf(deed.operation).Has(facts::kChangesRows) &&
                  deed.operation != facts::Operation::SelectRows;
         });
}

State StartOf(const schema::Catalog& catalog, const Options& options, std::string_view text) {
  State state;
  state.catalog = &catalog;
  state.knows_base = options.knows_base;
  state.postgres_version = options.postgres_version;
  state.tenant_columns = options.tenant_columns;
  state.naming = options.naming ? &*options.naming : &PlainNames();
  state.wrapped = state.in_transaction = options.in_transaction && !SaysNoTransaction(text);
  return state;
}

void Sort(std::vector<Finding>& findings) {
  const auto key = [](const Finding& finding) {
    return std::tie(finding.span.begin, finding.rule, finding.message);
  };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& left, const Finding& right) { return key(left) < key(right); });
  const auto last =
      std::unique(findings.begin(), findings.end(),
                  [&](const Finding& left, const Finding& right) { return key(left) == key(right); });
  findings.erase(last, findings.end());
}

}  // namespace

bool Scene::Does(std::initializer_list<facts::Operation> operations) const {
  return std::find(operations.begin(), operations.end(), deed.operation) != operations.end();
}

std::string Scene::Relation() const {
  // VACUUM FULL and CLUSTER without a name.
  if (deed.relation.name.empty()) return "every table";
  return QuoteQualified(deed.relation.schema, deed.relation.name);
}

bool Scene::AddsColumns() const {
  return !deed.columns.empty() && deed.operation != facts::Operation::SetDefault && !deed.temporary;
}

void ReportColumnsOf(std::string_view type, std::string_view what, const Scene& scene, Report& report) {
  if (!scene.AddsColumns()) return;
  for (const sql::ColumnTraits& column : scene.deed.columns) {
    if (column.type.schema.empty() && column.type.name == type) report.Add(column.place, std::string(what));
  }
}

bool SaysNoTransaction(std::string_view script) {
  for (const std::string_view mark :
       {"+goose NO TRANSACTION", "transaction:false", "atlas:txmode none", "executeInTransaction=false",
        "disable-transaction", "no-transaction"}) {
    if (script.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<Finding> Lint(SourceId source, const Sources& sources, schema::Catalog& catalog,
                          const Options& options) {
  const std::string_view text = sources.Get(source).text;
  std::vector<sql::StatementDeeds> script = sql::ReadDeeds(text);
  DeedsByRelation by_relation;
  for (const sql::StatementDeeds& statement : script) {
    for (const sql::Deed& deed : statement.deeds) by_relation.Add(deed);
  }
  State state = StartOf(catalog, options, text);
  Judge judge(source, options);
  for (sql::StatementDeeds& statement : script) {
    LeaveBlock(statement, state);
    for (sql::Deed& deed : statement.deeds) {
      const std::string named = deed.relation.name;
      deed = Refined(std::move(deed), state);
      if (deed.relation.name != named) by_relation.Add(deed);
    }
    judge.Look(script, by_relation, statement, state);
    Advance(statement, state);
    if (!ChangesCatalog(statement)) continue;
    const auto [begin, end] = statement.place;
    RunOn(catalog, statement.inside ? statement.text : text.substr(begin, end - begin), state);
  }
  std::vector<Finding> findings = judge.Finish(script, state);
  Suppress(ReadSuppressions(text, script), source, findings);
  Sort(findings);
  return findings;
}

}  // namespace schemac::lint
