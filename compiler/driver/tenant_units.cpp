#include "compiler/driver/tenant_units.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/parts.h"
#include "compiler/driver/prove.h"
#include "compiler/history/tenant_state.h"

namespace schemac {
namespace {

bool IsOfTenant(const schema::ObjectAddress& address) {
  return address.schema == kAnyTenant ||
         (address.kind == schema::ObjectKind::Schema && address.name == kAnyTenant);
}

bool NamesTenant(const emitters::Statement& statement) {
  return statement.sql.find(kAnyTenant) != std::string::npos;
}

// Text that the compiler did not take apart.
bool IsOpaque(const plan::Step& step) {
  const auto holds_text = [](const schema::Object& object) {
    return std::holds_alternative<schema::Function>(object) || std::holds_alternative<schema::Raw>(object);
  };
  if (std::holds_alternative<plan::RunSql>(step.action)) return true;
  const auto* create = std::get_if<plan::CreateObject>(&step.action);
  if (create != nullptr) return holds_text(create->object);
  const auto* drop = std::get_if<plan::DropObject>(&step.action);
  return drop != nullptr && holds_text(drop->object);
}

// Whether what is shared may have it earlier than tenants do what stands before it: it takes nothing away
// that they may still build on.
bool OnlyAdds(const plan::Step& step) {
  if (const auto* alter = std::get_if<plan::AlterTable>(&step.action)) {
    return std::ranges::all_of(alter->actions, [](const plan::TableAction& action) {
      return std::holds_alternative<plan::AddColumn>(action) ||
             std::holds_alternative<plan::AddConstraint>(action);
    });
  }
  return std::holds_alternative<plan::CreateObject>(step.action) ||
         std::holds_alternative<plan::InsertRow>(step.action) ||
         std::holds_alternative<plan::AddEnumLabel>(step.action) ||
         std::holds_alternative<plan::SetComment>(step.action) ||
         std::holds_alternative<plan::Grant>(step.action);
}

class Divider {
 public:
  Divider(Context& context, const Project& project, const History& history, std::size_t revision,
          const std::string& name, bool down)
      : context_(context),
        project_(project),
        revision_(history.revisions()[revision]),
        name_(name),
        down_(down) {
    if (!down) return;
    for (const std::size_t child : history.ChildrenOf(revision))
      revised_by_.push_back(history.revisions()[child].id);
  }

  std::optional<std::vector<TenantUnit>> Run(const Compiled& compiled) {
    ErrorOr<TenantStates> states =
        ForAnyTenant(compiled.before, compiled.after, compiled.migration.diff, name_);
    if (!states) {
      context_.Fail(states.error());
      return std::nullopt;
    }
    MigrationOptions options;
    options.allowed = {"all"};  // The revision itself was compiled with what it allows.
    options.postgres_version = project_.config.scripts.postgres_version;
    options.online = revision_.online;
    std::optional<Migration> migration =
        MakeMigration(states->before, states->after, std::move(states->diff), options, context_.sink);
    if (!migration || !Prove(context_, states->before, states->after, *migration)) return std::nullopt;
    checksum_ = compiled.migration.up.checksum;
    const Direction& direction = down_ ? migration->down : migration->up;
    for (std::size_t i = 0; i < direction.script.size(); ++i) {
      if (!AddBatch(direction.script[i], direction.plan.batches.at(i))) return std::nullopt;
    }
    Close();
    Number();
    return std::move(units_);
  }

 private:
  TenantUnit& Start(bool of_tenant, bool transaction) {
    TenantUnit unit;
    unit.of_tenant = of_tenant;
    unit.transaction = transaction;
    unit.down = down_;
    unit.revised_by = revised_by_;
    unit.revision = revision_.id;
    unit.revises = revision_.revises;
    unit.checksum = checksum_;
    units_.push_back(std::move(unit));
    return units_.back();
  }

  void Put(const emitters::Statement& statement, const plan::Step& step, TenantUnit& unit) const {
    unit.statements.push_back(statement);
    unit.hand_written.push_back(std::holds_alternative<plan::RunSql>(step.action));
    const auto* create = std::get_if<plan::CreateObject>(&step.action);
    if (create != nullptr && std::holds_alternative<schema::Schema>(create->object) && unit.of_tenant &&
        AddressOf(create->object).name == kAnyTenant)
      unit.makes_schema = true;
    const auto* drop = std::get_if<plan::DropObject>(&step.action);
    if (drop != nullptr && std::holds_alternative<schema::Schema>(drop->object) &&
        AddressOf(drop->object).name == kAnyTenant)
      unit.drops_schema = true;
  }

  // The last unit of the batch that the statement may join, or a new one.
  TenantUnit& UnitFor(bool of_tenant, bool only_adds, std::size_t first) {
    for (std::size_t i = units_.size(); i > first; --i) {
      TenantUnit& unit = units_[i - 1];
      if (unit.of_tenant == of_tenant) return unit;
      // A shared statement that only adds goes before what tenants do.
      if (of_tenant || !only_adds) break;
    }
    if (of_tenant || !only_adds || units_.size() == first) return Start(of_tenant, true);
    Start(false, true);
    std::rotate(units_.begin() + static_cast<std::ptrdiff_t>(first), units_.end() - 1, units_.end());
    return units_[first];
  }

  bool AddBatch(const emitters::Batch& batch, const plan::Batch& plan) {
    const std::size_t first = units_.size();
    for (emitters::Statement statement : batch.statements) {
      const plan::Step& step = plan.steps.at(statement.steps.empty() ? 0 : statement.steps.front());
      if (!Translate(step, statement)) return false;
      const bool of_tenant = NamesTenant(statement) || (statement.sql.empty() && IsOfTenant(step.subject));
      if (!CheckPlace(step, of_tenant)) return false;
      if (batch.transaction) {
        Put(statement, step, UnitFor(of_tenant, OnlyAdds(step), first));
      } else if (!DropsLeftover(statement, step)) {
        Put(statement, step, Start(of_tenant, false));
      }
    }
    if (!batch.transaction) AddStops(plan);
    return true;
  }

  bool Translate(const plan::Step& step, emitters::Statement& statement) const {
    if (!IsOpaque(step)) return true;
    ErrorOr<std::string> text = TextForAnyTenant(statement.sql, name_);
    if (!text) {
      Error error = text.error();
      error.message =
          fmt::format("{}: {} cannot be written for every tenant: {}", revision_.id,
                      std::holds_alternative<plan::RunSql>(step.action) ? std::string("a statement on rows")
                                                                        : schema::Describe(step.subject),
                      error.message);
      return context_.Fail(error);
    }
    statement.sql = *std::move(text);
    return true;
  }

  bool CheckPlace(const plan::Step& step, bool of_tenant) const {
    if (!of_tenant || IsOfTenant(step.subject) || IsOpaque(step)) return true;
    return context_.Fail(
        DiagnosticKind::Unsupported,
        fmt::format("{}: {} is shared and builds on schema \"{}\", of which there is one for each "
                    "tenant",
                    revision_.id, schema::Describe(step.subject), name_),
        "move it into the template schema");
  }

  // What the next transaction looks at: the batches alone were for shared schemas and tenants alike.
  void AddStops(const plan::Batch& plan) {
    for (emitters::Stop& stop : emitters::StopsAfter(plan, revision_.id)) {
      const bool of_tenant = stop.condition.find(kAnyTenant) != std::string::npos;
      (of_tenant ? tenant_stops_ : shared_stops_).push_back(std::move(stop));
    }
    for (const bool of_tenant : {false, true}) {
      std::vector<emitters::Stop>& stops = of_tenant ? tenant_stops_ : shared_stops_;
      if (stops.empty()) continue;
      Start(of_tenant, true).stops = std::move(stops);
      stops.clear();
    }
  }

  // Both ledgers have a row for each revision, so that the next one finds what it builds on. The shared one
  // has it before tenants do, and for as long as one of them does.
  void Close() {
    const auto is_of_tenant = [](const TenantUnit& unit) { return unit.of_tenant && unit.transaction; };
    const auto is_shared = [](const TenantUnit& unit) { return !unit.of_tenant && unit.transaction; };
    const auto start_first = [&](bool of_tenant) {
      Start(of_tenant, true);
      std::rotate(units_.begin(), units_.end() - 1, units_.end());
    };
    if (down_) {
      if (std::ranges::none_of(units_, is_of_tenant)) start_first(true);
      if (!is_shared(units_.back())) Start(false, true);
      return;
    }
    if (units_.empty() || !is_shared(units_.front())) start_first(false);
    if (std::ranges::none_of(units_, is_of_tenant)) Start(true, true);
  }

  void Number() {
    std::optional<UnitMark> shared;
    std::optional<UnitMark> tenants;
    for (TenantUnit& unit : units_) {
      if (!unit.transaction) continue;
      unit.own = MarkOf(unit);
      unit.before = unit.of_tenant ? tenants : shared;
      (unit.of_tenant ? unit.shared_before : unit.tenants_before) = unit.of_tenant ? shared : tenants;
      (unit.of_tenant ? tenants : shared) = unit.own;
    }
  }

  // A unit's mark, by its place among its like.
  [[nodiscard]] UnitMark MarkOf(const TenantUnit& unit) const {
    std::size_t number = 0;
    std::size_t count = 0;
    for (const TenantUnit& one : units_) {
      if (!one.transaction || one.of_tenant != unit.of_tenant) continue;
      ++count;
      if (&one == &unit) number = count;
    }
    return {number == count ? revision_.id
                            : fmt::format("{} ({}part {} of {})", revision_.id, down_ ? "downgrade, " : "",
                                          number, count),
            revision_.id};
  }

  Context& context_;
  const Project& project_;
  const Revision& revision_;
  const std::string& name_;
  bool down_ = false;
  std::vector<std::string> revised_by_;
  std::string checksum_;
  std::vector<TenantUnit> units_;
  std::vector<emitters::Stop> shared_stops_;
  std::vector<emitters::Stop> tenant_stops_;
};

}  // namespace

std::optional<std::string> FindTemplate(Context& context, const schema::Catalog& head,
                                        const std::string& told) {
  std::vector<std::string> names;
  if (!told.empty()) {
    if (head.Has({schema::ObjectKind::Schema, "", told, ""}) && told != "public") return told;
    context.Fail(DiagnosticKind::Configuration,
                 fmt::format("[tenants] names the schema \"{}\", and there is none", told));
    return std::nullopt;
  }
  for (const auto& [address, object] : head.objects()) {
    const auto* schema = std::get_if<schema::Schema>(&object);
    if (schema != nullptr && schema->is_template) names.push_back(schema->name);
  }
  if (names.size() == 1) return names.front();
  if (names.empty()) {
    context.Fail(DiagnosticKind::Usage, "no schema stands for tenants",
                 "mark it in the model: schema NAME template;, or name it in [tenants]: schema = \"NAME\"");
  } else {
    context.Fail(DiagnosticKind::Unsupported,
                 fmt::format("schemas {} all stand for tenants", fmt::join(names, ", ")),
                 "one template schema holds all that a tenant has");
  }
  return std::nullopt;
}

std::optional<std::vector<TenantUnit>> UnitsOf(Context& context, const Project& project,
                                               const History& history, const Compiled& compiled,
                                               const std::string& template_schema, bool down) {
  return Divider(context, project, history, compiled.revision, template_schema, down).Run(compiled);
}

}  // namespace schemac
